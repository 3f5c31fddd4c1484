/// The wire of Heliograph. What is generated for Protobuf stays inside.
module dev.heliograph.protocol {
    requires com.google.protobuf;
    requires static org.jspecify;

    exports dev.heliograph.protocol;

    // Generated classes are read by reflection where a message is printed or compared.
    opens dev.heliograph.protocol.wire to
            com.google.protobuf;
}
