package dev.heliograph.server.broker;

import org.junit.jupiter.api.Nested;

/// What every [Broker] does: a test of an implementation extends this.
abstract class BrokerContract {

    abstract BrokerUnderTest underTest();

    @Nested
    class Delivery extends DeliveryContract {
        @Override
        BrokerUnderTest underTest() {
            return BrokerContract.this.underTest();
        }
    }

    @Nested
    class Content extends ContentContract {
        @Override
        BrokerUnderTest underTest() {
            return BrokerContract.this.underTest();
        }
    }

    @Nested
    class Stream extends StreamContract {
        @Override
        BrokerUnderTest underTest() {
            return BrokerContract.this.underTest();
        }
    }

    @Nested
    class Suppression extends SuppressionContract {
        @Override
        BrokerUnderTest underTest() {
            return BrokerContract.this.underTest();
        }
    }

    @Nested
    class Presence extends PresenceContract {
        @Override
        BrokerUnderTest underTest() {
            return BrokerContract.this.underTest();
        }
    }

    @Nested
    class Closing extends ClosingContract {
        @Override
        BrokerUnderTest underTest() {
            return BrokerContract.this.underTest();
        }
    }
}
