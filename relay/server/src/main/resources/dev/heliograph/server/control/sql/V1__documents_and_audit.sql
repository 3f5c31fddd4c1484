-- One row: the revision of the last commit, and the oldest one since which all deletions are known.
CREATE TABLE state (
    revision BIGINT NOT NULL,
    floor    BIGINT NOT NULL
);
INSERT INTO state VALUES (0, 0);

-- expires_at: Unix milliseconds, 0 for never.
CREATE TABLE document (
    type       VARCHAR(64)     NOT NULL,
    id         VARCHAR(512)    NOT NULL,
    json       VARCHAR(300000) NOT NULL,
    revision   BIGINT          NOT NULL,
    expires_at BIGINT          NOT NULL,
    PRIMARY KEY (type, id)
);
CREATE INDEX document_by_revision ON document (revision);
CREATE INDEX document_by_expiry ON document (expires_at);

-- What is not there any more, of the last commits.
CREATE TABLE deletion (
    type     VARCHAR(64)  NOT NULL,
    id       VARCHAR(512) NOT NULL,
    revision BIGINT       NOT NULL,
    PRIMARY KEY (type, id)
);
CREATE INDEX deletion_by_revision ON deletion (revision);

-- The record: lines are added, never changed, and deleted when they are older than the retention.
CREATE TABLE audit (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        BIGINT  NOT NULL,
    operator  VARCHAR NOT NULL,
    role      VARCHAR NOT NULL,
    origin    VARCHAR NOT NULL,
    action    VARCHAR NOT NULL,
    target    VARCHAR NOT NULL,
    reason    VARCHAR NOT NULL,
    was       VARCHAR,
    became    VARCHAR,
    outcome   VARCHAR NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);
