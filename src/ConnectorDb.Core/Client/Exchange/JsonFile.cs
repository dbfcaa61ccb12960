using System.Text.Encodings.Web;
using System.Text.Json;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Reads and writes the small JSON files of an export.</summary>
internal static class JsonFile
{
    /// <summary>The options of all files. ASCII, because the Python client reads them in the encoding of its machine.</summary>
    public static JsonWriterOptions Writing { get; } = DatapointWriter.Options with { Encoder = JavaScriptEncoder.Default };

    public static void Write(string file, Action<Utf8JsonWriter> write)
    {
        using FileStream stream = PrivateFiles.Create(file);
        PrivateFiles.Try(file, "written", () =>
        {
            using (Utf8JsonWriter writer = new(stream, Writing))
            {
                write(writer);
            }

            stream.Flush(flushToDisk: true);
        });
    }

    /// <summary>Reads and converts the object.</summary>
    /// <exception cref="InvalidExportException">The file is missing, is not JSON, or has an invalid field.</exception>
    public static T Read<T>(string file, Func<JsonFields, T> read)
    {
        if (!File.Exists(file))
        {
            throw new InvalidExportException($"'{file}' is missing: '{Path.GetDirectoryName(file)}' is not a complete export.", file);
        }

        byte[] content = PrivateFiles.Try(file, "read", () => File.ReadAllBytes(file));
        try
        {
            return read(JsonFields.Of(DataValue.Parse(content), "It"));
        }
        catch (JsonException error)
        {
            throw new InvalidExportException($"'{file}' {JsonFault.Of(error)}", file, error);
        }
        catch (CdbException error) when (error is InvalidValueException or InvalidNameException)
        {
            throw new InvalidExportException($"'{file}' cannot be read. {error.Message}", file, error);
        }
    }
}
