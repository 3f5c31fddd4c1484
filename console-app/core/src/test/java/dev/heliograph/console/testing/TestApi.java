package dev.heliograph.console.testing;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// An admin API that answers as the test says, and remembers what it was asked. Threadsafe.
public final class TestApi {

    /// What was asked of it.
    ///
    /// @param operation the method of [AdminApi]
    public record Asked(String operation, List<Object> arguments) {

        public <T> T argument(int index, Class<T> type) {
            return type.cast(arguments.get(index));
        }
    }

    private final Map<String, Function<Asked, Object>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /// From now on this operation is answered so; the function may throw an [AdminException].
    ///
    /// @param operation a method, or `disconnect/2` to tell those of one name apart by their number of arguments
    public TestApi answer(String operation, Function<Asked, Object> answer) {
        answers.put(operation, answer);
        return this;
    }

    /// From now on this operation fails.
    public TestApi fail(String operation, AdminException.Kind kind, String sentence) {
        return answer(operation, _ -> {
            throw new AdminException(kind, sentence);
        });
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public List<Asked> asked(String operation) {
        return asked.stream().filter(each -> each.operation.equals(operation)).toList();
    }

    public AdminApi api() {
        return (AdminApi) Proxy.newProxyInstance(
                AdminApi.class.getClassLoader(), new Class<?>[] {AdminApi.class}, (_, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    List<Object> given = arguments == null ? List.of() : List.of(arguments);
                    Asked question = new Asked(method.getName(), given);
                    asked.add(question);
                    Function<Asked, Object> answer =
                            answers.getOrDefault(method.getName() + "/" + given.size(), answers.get(method.getName()));
                    if (answer == null) {
                        throw new AdminException(
                                AdminException.Kind.NOT_FOUND, "the test answers no " + method.getName());
                    }
                    return answer.apply(question);
                });
    }
}
