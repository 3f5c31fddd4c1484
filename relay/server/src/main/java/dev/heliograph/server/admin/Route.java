package dev.heliograph.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One operation of the API: the table of them drives what is served, who may call it, and what the description says.
///
/// @param id      unique; `operationId` of the description, and the action in the audit record of a change
/// @param path    with its parameters as `{name}`
/// @param role    that the caller needs
/// @param params  of the query
/// @param request a record; null if there is no body
/// @param answer  a record
record Route(
        Method method,
        String path,
        String id,
        Role role,
        String summary,
        List<Param> params,
        @Nullable Class<?> request,
        Class<?> answer,
        Handler handler) {

    private static final Pattern PATH_PARAM = Pattern.compile("\\{(\\w+)}");

    /// Tells what a change would do, and does not do it.
    static final Param DRY_RUN = Param.flag("dry_run", "Tell what would be touched, and change nothing.");

    static final Param REASON = Param.text("reason", "Why, for the audit record.");

    enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    @FunctionalInterface
    interface Handler {
        Object handle(Call call);
    }

    /// A question: changes nothing.
    static Route get(
            String path, String id, Role role, String summary, List<Param> params, Class<?> answer, Handler h) {
        return new Route(Method.GET, path, id, role, summary, params, null, answer, h);
    }

    /// A question that needs a body: changes nothing, though its method is POST.
    static Route ask(String path, String id, String summary, Class<?> request, Class<?> answer, Handler h) {
        return new Route(Method.POST, path, id, Role.VIEWER, summary, List.of(), request, answer, h);
    }

    /// A change; it takes `dry_run` and `reason` besides its own parameters.
    static Route change(
            Method method,
            String path,
            String id,
            Role role,
            String summary,
            List<Param> params,
            @Nullable Class<?> request,
            Class<?> answer,
            Handler h) {
        List<Param> all = new ArrayList<>(params);
        all.add(DRY_RUN);
        all.add(REASON);
        return new Route(method, path, id, role, summary, all, request, answer, h);
    }

    /// Whether it changes something.
    boolean isChange() {
        return params.contains(DRY_RUN);
    }

    List<String> pathParams() {
        List<String> names = new ArrayList<>();
        Matcher each = PATH_PARAM.matcher(path);
        while (each.find()) {
            names.add(each.group(1));
        }
        return names;
    }
}
