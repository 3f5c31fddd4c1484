import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Changes classes of a release so that they call `Faults`: `java -cp CLASSPATH BadRelease.java FAULT OUTPUT`, with the
/// jars of the release and the compiled `Faults` on the class path. Says what it changed.
enum BadRelease {
    // Every place of the relay that is changed is named here. When one has moved, name the new one.
    GOOD(),
    ERRORS(
            new Place("broker.EmbeddedBroker", "publish", "failPublication"),
            new Place("broker.redis.RedisBroker", "publish", "failPublication"),
            new Place("session.Session", "connect", "failConnect"),
            new Place("transport.Connection", "write", "dropDelivery")),
    LATENCY(
            new Place("hub.Hub", "onPublication", "delayPublication"),
            new Place("hub.Hub", "onPosition", "delayPosition")),
    LEAK(
            new Place("session.Session", "connect", "leakConnection"),
            new Place("hub.Hub", "onPublication", "leakPublication")),
    NO_START(new Place("Relay", "start", "exit"));

    /// A method of dev.heliograph.server, and the one of `Faults` that it calls first. What that takes are the object (none
    /// for a static method) and the first parameters; it tells methods of one name apart.
    private record Place(String type, String method, String fault) {}

    private static final String SERVER = "dev.heliograph.server.";
    private static final ClassDesc FAULTS = ClassDesc.of(SERVER + "transport.Faults");

    private final List<Place> places;

    BadRelease(Place... places) {
        this.places = List.of(places);
    }

    public static void main(String[] arguments) throws IOException {
        try {
            BadRelease fault = valueOf(arguments[0].toUpperCase().replace('-', '_'));
            for (String type : fault.places.stream().map(Place::type).distinct().toList()) {
                fault.change(type, Path.of(arguments[1]));
            }
        } catch (Missing e) {
            System.err.println("heliograph: " + e.getMessage()
                    + ": bring the table in ansible/tests/faults/BadRelease.java up to date");
            System.exit(1);
        }
    }

    private static final class Missing extends RuntimeException {
        Missing(String message) {
            super(message);
        }
    }

    private void change(String type, Path output) throws IOException {
        ClassModel before = read(SERVER + type);
        ClassTransform change = ClassTransform.ACCEPT_ALL;
        for (Place place : places) {
            if (place.type().equals(type)) {
                MethodModel method = find(before, place);
                change = change.andThen(ClassTransform.transformingMethodBodies(
                        each -> each.methodName().equals(method.methodName())
                                && each.methodType().equals(method.methodType()),
                        new Call(place.fault(), typeOf(place.fault()), method)));
                System.out.println(type + "." + method.methodName().stringValue() + " calls " + place.fault());
            }
        }
        Path file = output.resolve((SERVER + type).replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, ClassFile.of().transformClass(before, change));
    }

    private static MethodModel find(ClassModel type, Place place) {
        List<ClassDesc> wanted = typeOf(place.fault()).parameterList();
        boolean ends = typeOf(place.fault()).returnType().equals(ConstantDescs.CD_boolean);
        List<MethodModel> found = type.methods().stream()
                .filter(method -> method.methodName().equalsString(place.method()))
                .filter(method -> {
                    List<ClassDesc> has = new ArrayList<>();
                    if (!method.flags().has(AccessFlag.STATIC)) {
                        has.add(type.thisClass().asSymbol());
                    }
                    has.addAll(method.methodTypeSymbol().parameterList());
                    boolean silent = method.methodTypeSymbol().returnType().equals(ConstantDescs.CD_void);
                    return has.size() >= wanted.size()
                            && has.subList(0, wanted.size()).equals(wanted)
                            && (silent || !ends);
                })
                .toList();
        if (found.size() != 1) {
            throw new Missing("%s%s has %d methods %s that can call Faults.%s%s"
                    .formatted(
                            SERVER,
                            place.type(),
                            found.size(),
                            place.method(),
                            place.fault(),
                            typeOf(place.fault()).displayDescriptor()));
        }
        return found.getFirst();
    }

    private static MethodTypeDesc typeOf(String fault) {
        return read(SERVER + "transport.Faults").methods().stream()
                .filter(method -> method.methodName().equalsString(fault))
                .findAny()
                .orElseThrow(() -> new Missing("Faults has no method " + fault))
                .methodTypeSymbol();
    }

    private static ClassModel read(String type) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(type.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new Missing("this release has no class " + type);
            }
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts a call of a fault in front of a method's code.
    private record Call(String fault, MethodTypeDesc type, MethodModel method) implements CodeTransform {

        @Override
        public void atStart(CodeBuilder code) {
            boolean instance = !method.flags().has(AccessFlag.STATIC);
            for (int i = 0; i < type.parameterCount(); i++) {
                int slot = !instance ? code.parameterSlot(i) : i == 0 ? code.receiverSlot() : code.parameterSlot(i - 1);
                code.loadLocal(TypeKind.from(type.parameterType(i)), slot);
            }
            code.invokestatic(FAULTS, fault, type);
            if (type.returnType().equals(ConstantDescs.CD_boolean)) {
                code.ifThen(Opcode.IFNE, CodeBuilder::return_);
            }
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
