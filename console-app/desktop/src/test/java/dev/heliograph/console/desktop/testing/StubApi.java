package dev.heliograph.console.desktop.testing;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// An admin API that answers as the test says; what it says nothing of is not found. Threadsafe.
public final class StubApi {

    private final Map<String, Function<List<Object>, Object>> answers = new ConcurrentHashMap<>();

    /// From now on this operation is answered so.
    ///
    /// @param operation the method of [AdminApi]
    /// @param answer    gets its arguments, and may throw an [AdminException]
    public StubApi answer(String operation, Function<List<Object>, Object> answer) {
        answers.put(operation, answer);
        return this;
    }

    public AdminApi api() {
        return (AdminApi) Proxy.newProxyInstance(
                AdminApi.class.getClassLoader(), new Class<?>[] {AdminApi.class}, (_, method, arguments) -> {
                    Function<List<Object>, Object> answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new AdminException(AdminException.Kind.NOT_FOUND, "There is no " + method.getName() + ".");
                    }
                    return answer.apply(arguments == null ? List.of() : List.of(arguments));
                });
    }
}
