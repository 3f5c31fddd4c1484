package dev.heliograph.console.desktop.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

/// Pictures as files. JavaFX reads PNG but does not write it, and `java.desktop` does both but is a toolkit of its own.
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BYTES = 3;
    private static final byte UP = 2;

    private Png() {}

    /// The picture without its alpha: what is shown on a screen has none.
    static void write(Image image, Path file) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(pixels, deflater)) {
            byte[] above = new byte[width * BYTES];
            for (int y = 0; y < height; y++) {
                byte[] row = row(image, width, y);
                out.write(UP);
                for (int i = 0; i < row.length; i++) {
                    out.write(row[i] - above[i]);
                }
                above = row;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        // 8 bits a colour, red, green and blue.
        byte[] tail = {8, 2, 0, 0, 0};
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13).putInt(width).putInt(height).put(tail).array());
        chunk(png, "IDAT", pixels.toByteArray());
        chunk(png, "IEND", new byte[0]);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, png.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Image read(Path file) {
        try {
            Image image = new Image(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (image.isError()) {
                throw new IllegalStateException(file + " is no picture", image.getException());
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its pixels, row by row, each 0xAARRGGBB.
    static int[] pixels(Image image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return pixels;
    }

    private static byte[] row(Image image, int width, int y) {
        int[] argb = new int[width];
        image.getPixelReader().getPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), argb, 0, width);
        byte[] row = new byte[width * BYTES];
        for (int x = 0; x < width; x++) {
            row[x * BYTES] = (byte) (argb[x] >> 16);
            row[x * BYTES + 1] = (byte) (argb[x] >> 8);
            row[x * BYTES + 2] = (byte) argb[x];
        }
        return row;
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        CRC32 crc = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        crc.update(name);
        crc.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
