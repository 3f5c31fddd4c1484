package dev.heliograph.console.api;

import dev.heliograph.console.text.Messages;
import java.security.cert.CertificateException;

/// A server has shown a certificate that the operator has not confirmed.
final class UntrustedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1L;

    /// @param changed whether another one was confirmed for this address
    UntrustedCertificateException(boolean changed, String fingerprint) {
        super(Messages.text(changed ? "link.certificate.changed" : "link.certificate.unknown", fingerprint));
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
