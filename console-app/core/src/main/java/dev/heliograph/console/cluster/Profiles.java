package dev.heliograph.console.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.heliograph.console.files.AtomicFile;
import dev.heliograph.console.text.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The clusters of an operator, in one file. Threadsafe within one console; of two that write at once the
/// later one wins.
///
/// A file that cannot be read is one error, and is never written over: when something is saved all the same
/// it is kept beside the new one.
public final class Profiles {

    /// The name of the file.
    public static final String FILE = "clusters.json";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /// @param directory of the operator's configuration; need not exist
    public Profiles(Path directory, Clock clock) {
        this.file = directory.resolve(FILE);
        this.clock = clock;
    }

    /// What the file holds.
    ///
    /// @param clusters in the order in which they were added
    /// @param problem  a sentence, if the file is there and cannot be read; then there are no clusters
    public record Loaded(List<Profile> clusters, Optional<String> problem) {}

    public Path file() {
        return file;
    }

    public Loaded load() {
        try {
            return new Loaded(ProfilesJson.read(Files.readAllBytes(file)), Optional.empty());
        } catch (NoSuchFileException _) {
            return new Loaded(List.of(), Optional.empty());
        } catch (JsonProcessingException e) {
            return damaged(Messages.text("cluster.file.json", place(e)));
        } catch (ProfilesException e) {
            return damaged(e.sentence());
        } catch (IOException e) {
            return damaged(String.valueOf(e.getMessage()));
        }
    }

    /// Adds a cluster, or puts it in the place of one.
    ///
    /// @param replaces the name of the one that it replaces
    /// @return what the file holds now
    /// @throws ProfilesException if it cannot be written
    public Loaded save(Profile profile, Optional<String> replaces) {
        lock.lock();
        try {
            List<Profile> next = new ArrayList<>(keepIfDamaged());
            int place = next.size();
            for (int i = 0; i < next.size(); i++) {
                if (next.get(i).name().equals(replaces.orElse(profile.name()))) {
                    place = i;
                }
            }
            if (place < next.size()) {
                next.set(place, profile);
            } else {
                next.add(profile);
            }
            return write(next);
        } finally {
            lock.unlock();
        }
    }

    /// Removes the cluster of this name, if there is one.
    ///
    /// @throws ProfilesException if it cannot be written
    public Loaded remove(String name) {
        lock.lock();
        try {
            List<Profile> next = new ArrayList<>(keepIfDamaged());
            next.removeIf(profile -> profile.name().equals(name));
            return write(next);
        } finally {
            lock.unlock();
        }
    }

    private Loaded write(List<Profile> clusters) {
        try {
            AtomicFile.write(file, ProfilesJson.write(clusters));
            return new Loaded(List.copyOf(clusters), Optional.empty());
        } catch (IOException e) {
            throw new ProfilesException(Messages.text("cluster.file.write", file, String.valueOf(e.getMessage())), e);
        }
    }

    private List<Profile> keepIfDamaged() {
        Loaded now = load();
        if (now.problem().isPresent()) {
            Path kept = file.resolveSibling(FILE + ".damaged-" + STAMP.format(clock.instant()));
            try {
                Files.move(file, kept);
            } catch (IOException e) {
                throw new ProfilesException(
                        Messages.text("cluster.file.write", kept, String.valueOf(e.getMessage())), e);
            }
        }
        return now.clusters();
    }

    private Loaded damaged(String why) {
        return new Loaded(List.of(), Optional.of(Messages.text("cluster.file.damaged", file, why)));
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "1" : Integer.toString(e.getLocation().getLineNr());
    }
}
