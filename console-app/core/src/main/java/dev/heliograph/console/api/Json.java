package dev.heliograph.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON as the admin API speaks it.
///
/// A field that this console does not know is passed over, and a word of an enum that it does not know is its
/// `UNKNOWN`: relays may be newer. One that must be there and
/// is not means that something else answers.
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .annotationIntrospector(new NullMarked())
            .build();

    private Json() {}

    /// Takes the components of records that are not `@Nullable` for required.
    private static final class NullMarked extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
            return component(member)
                    .map(type -> !type.isAnnotationPresent(Nullable.class))
                    .orElseGet(() -> super.hasRequiredMarker(member));
        }

        @Override
        public JsonSetter.Value findSetterInfo(Annotated annotated) {
            return component(annotated)
                    // `null` is a value of JSON.
                    .filter(type -> !type.isAnnotationPresent(Nullable.class) && type.getType() != JsonNode.class)
                    .map(_ -> JsonSetter.Value.forValueNulls(Nulls.FAIL))
                    .orElseGet(() -> super.findSetterInfo(annotated));
        }

        private static Optional<AnnotatedType> component(Annotated annotated) {
            return annotated instanceof AnnotatedParameter parameter
                            && parameter.getOwner().getAnnotated() instanceof Executable constructor
                            && constructor.getDeclaringClass().isRecord()
                    ? Optional.of(constructor.getAnnotatedParameterTypes()[parameter.getIndex()])
                    : Optional.empty();
        }
    }
}
