/// What a load needs, from measured figures. It knows no other module.
module dev.heliograph.capacity {
    requires transitive com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports dev.heliograph.capacity;
}
