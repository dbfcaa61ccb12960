using System.Text.Encodings.Web;
using System.Text.Json;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>The small files of an export: one JSON object each.</summary>
internal static class JsonFile
{
    /// <summary>How all files are written: in ASCII, as the Python client reads them in whatever encoding its machine has.</summary>
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

    /// <summary>Reads the object and makes something of it.</summary>
    /// <exception cref="InvalidExportException">The file is not there, is not JSON, or has a wrong field.</exception>
    public static T Read<T>(string file, Func<JsonFields, T> read)
    {
        if (!File.Exists(file))
        {
            throw new InvalidExportException($"'{file}' is missing: '{Path.GetDirectoryName(file)}' is no export, or not all of one.", file);
        }

        byte[] content = PrivateFiles.Try(file, "read", () => File.ReadAllBytes(file));
        try
        {
            return read(JsonFields.Of(DataValue.Parse(content), "It"));
        }
        catch (JsonException error)
        {
            throw new InvalidExportException($"'{file}' is not JSON: {error.Message}", file, error);
        }
        catch (CdbException error) when (error is InvalidValueException or InvalidNameException)
        {
            throw new InvalidExportException($"'{file}' cannot be read. {error.Message}", file, error);
        }
    }
}
