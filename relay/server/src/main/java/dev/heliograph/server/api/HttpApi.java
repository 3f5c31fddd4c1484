package dev.heliograph.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.heliograph.protocol.Codec;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.server.auth.PreviousKey;
import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.cluster.ClusterException;
import dev.heliograph.server.config.HttpApiConfig;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.operations.Operations;
import dev.heliograph.server.session.Services;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The HTTP API of back ends: `POST <prefix>/<method>` with a JSON body and an API key (protocol C).
///
/// Answers 200 with `{"result":...}` or `{"error":{"code":...,"message":...}}`; in transport error mode an
/// error has its HTTP status. A body that is not JSON of the right shape gets 400, a wrong key 401, an unknown
/// method 404.
public final class HttpApi implements HttpService {

    private static final System.Logger LOG = System.getLogger(HttpApi.class.getName());

    private static final HeaderName API_KEY = HeaderNames.create("X-API-Key");

    /// The header by which clients of the reference server choose the error mode.
    private static final HeaderName ERROR_MODE = HeaderNames.create("X-Centrifugo-Error-Mode");

    /// The source is kept in locations since [RawJson] cuts payloads out of it; messages to callers never show
    /// it.
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    // UTF-16 has no byte offsets to cut payloads out by, and is no JSON between systems (RFC 8259).
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Codec.Limits.MAX_DEPTH)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // Which that feature leaves out.
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /// One method: its parameters as text to its result.
    private interface Method {
        Object call(byte[] params) throws JsonProcessingException;
    }

    private final Services services;
    private final Counts<KeyFailure> failures;
    private final Counts<PreviousKey> previousUses;
    private final Map<String, Method> methods = new HashMap<>();

    public HttpApi(Services services, Operations operations, Instruments instruments) {
        this.services = services;
        this.failures = instruments.counts(
                "heliograph_api_auth_failures",
                "Requests of the HTTP API that had no API key, or a wrong one.",
                "cause",
                KeyFailure.class);
        this.previousUses = PreviousKey.uses(instruments);
        Methods does = new Methods(services, operations);
        method("publish", Params.Publish.class, does::publish);
        method("broadcast", Params.Broadcast.class, does::broadcast);
        method("subscribe", Params.Subscribe.class, does::subscribe);
        method("unsubscribe", Params.Unsubscribe.class, does::unsubscribe);
        method("disconnect", Params.Disconnect.class, does::disconnect);
        method("refresh", Params.Refresh.class, does::refresh);
        method("presence", Params.ChannelOnly.class, does::presence);
        method("presence_stats", Params.ChannelOnly.class, does::presenceStats);
        method("history", Params.History.class, does::history);
        method("history_remove", Params.ChannelOnly.class, does::historyRemove);
        method("channels", Params.Pattern.class, does::channels);
        method("info", Results.Empty.class, _ -> does.info());
        method("batch", Params.Batch.class, this::batch);
    }

    private <P> void method(String name, Class<P> type, Function<P, Object> work) {
        methods.put(name, params -> work.apply(read(params, type)));
    }

    private static <P> P read(byte[] json, Class<P> type) throws JsonProcessingException {
        try {
            P value = JSON.readValue(json, type);
            if (value == null) {
                throw new JsonParseException(null, "an object is expected, not null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    @Override
    public void routing(HttpRules rules) {
        Handler handler = this::handle;
        rules.post("/", handler).post("/{method}", handler);
    }

    private void handle(ServerRequest request, ServerResponse response) {
        HttpApiConfig config = services.config().httpApi();
        Optional<KeyFailure> refused = config.insecure() ? Optional.empty() : failure(config, request);
        if (refused.isPresent()) {
            failures.add(refused.get());
            text(response, Status.UNAUTHORIZED_401, "unauthorized");
            return;
        }
        boolean transportErrors = config.errorMode().equals("transport")
                || request.headers().first(ERROR_MODE).orElse("").equals("transport");
        byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
        Optional<String> name = request.path().pathParameters().first("method").asOptional();
        try {
            Results.Outcome outcome = name.isPresent() ? call(name.get(), body) : legacy(body);
            Results.Failure failure = outcome.error();
            if (transportErrors && failure != null) {
                json(response, Status.create(ApiException.httpStatus(failure.code())), failure);
            } else {
                json(response, Status.OK_200, outcome);
            }
        } catch (UnknownMethod _) {
            text(response, Status.NOT_FOUND_404, "no such method");
        } catch (JsonProcessingException e) {
            LOG.log(Level.DEBUG, () -> "API request refused: " + reason(e));
            text(response, Status.BAD_REQUEST_400, "malformed request: " + reason(e));
        }
    }

    private Results.Outcome legacy(byte[] body) throws JsonProcessingException {
        Params.Legacy request = read(body, Params.Legacy.class);
        byte[] params =
                request.params() == null ? new byte[0] : request.params().text().array();
        return call(request.method() == null ? "" : request.method(), params);
    }

    private static final class UnknownMethod extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Results.Outcome call(String name, byte[] params) throws JsonProcessingException {
        Method method = methods.get(name);
        if (method == null) {
            throw new UnknownMethod();
        }
        try {
            return Results.Outcome.of(method.call(params.length == 0 ? "{}".getBytes(UTF_8) : params));
        } catch (ApiException e) {
            return Results.Outcome.of(e);
        } catch (BrokerException e) {
            LOG.log(Level.WARNING, () -> "API " + name + ": broker: " + e.getMessage());
            return Results.Outcome.of(new ApiException(ErrorCode.INTERNAL));
        } catch (ClusterException e) {
            LOG.log(Level.WARNING, () -> "API " + name + ": " + e.getMessage());
            return Results.Outcome.of(new ApiException(ErrorCode.INTERNAL));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "API " + name + " failed", e);
            return Results.Outcome.of(new ApiException(ErrorCode.INTERNAL));
        }
    }

    /// Runs commands one after the other; each has a reply in its place, `{"<method>": result}` or `{"error":
    /// ...}`.
    private Results.Replies batch(Params.Batch batch) {
        List<Map<String, Object>> replies = new ArrayList<>();
        for (Map<String, RawJson> command :
                batch.commands() == null ? List.<Map<String, RawJson>>of() : batch.commands()) {
            replies.add(reply(command));
        }
        return new Results.Replies(replies);
    }

    private Map<String, Object> reply(@Nullable Map<String, RawJson> command) {
        if (command == null || command.size() != 1 || command.containsKey("batch")) {
            return Map.of("error", new Results.Failure(ErrorCode.BAD_REQUEST.code(), "one method in each command"));
        }
        Map.Entry<String, RawJson> only = command.entrySet().iterator().next();
        try {
            Results.Outcome outcome = call(only.getKey(), only.getValue().text().array());
            Object result = outcome.result();
            Results.Failure failure = outcome.error();
            return failure != null || result == null
                    ? Map.of("error", failure == null ? new Results.Empty() : failure)
                    : Map.of(only.getKey(), result);
        } catch (UnknownMethod _) {
            return Map.of("error", new Results.Failure(ErrorCode.METHOD_NOT_FOUND.code(), "no such method"));
        } catch (JsonProcessingException e) {
            return Map.of("error", new Results.Failure(ErrorCode.BAD_REQUEST.code(), reason(e)));
        }
    }

    /// What is wrong with a body, in the words of who wrote it.
    private static String reason(JsonProcessingException e) {
        if (e instanceof JsonMappingException && e.getCause() instanceof JsonProcessingException syntax) {
            return reason(syntax);
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String path = mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                    .collect(Collectors.joining())
                    .replaceFirst("^\\.", "");
            return path + " has the wrong type";
        }
        if (e instanceof StreamConstraintsException) {
            return "the body is nested too deeply, or has a name or a number that is too long";
        }
        return e instanceof MismatchedInputException
                ? "the body is not one JSON object"
                : "the body is not JSON: " + e.getOriginalMessage();
    }

    private Optional<KeyFailure> failure(HttpApiConfig config, ServerRequest request) {
        String given = request.headers()
                .first(API_KEY)
                .or(() -> request.headers()
                        .first(HeaderNames.AUTHORIZATION)
                        .filter(value -> value.regionMatches(true, 0, "apikey ", 0, 7))
                        .map(value -> value.substring(7).strip()))
                .or(() -> request.query().first("api_key").asOptional())
                .orElse("");
        if (isKey(given, config.key())) {
            return Optional.empty();
        }
        if (isKey(given, config.previousKey())) {
            previousUses.add(PreviousKey.API);
            return Optional.empty();
        }
        return Optional.of(given.isEmpty() ? KeyFailure.MISSING : KeyFailure.WRONG);
    }

    /// Constant time in the length of the given key: nothing is learned from how long a refusal takes.
    private static boolean isKey(String given, String key) {
        return !key.isEmpty() && MessageDigest.isEqual(given.getBytes(UTF_8), key.getBytes(UTF_8));
    }

    private static void json(ServerResponse response, Status status, Object body) throws JsonProcessingException {
        response.status(status);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(JSON.writeValueAsBytes(body));
    }

    private static void text(ServerResponse response, Status status, String body) {
        response.status(status);
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8"));
        response.send(body);
    }
}
