using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>A JSON file with an array of datapoints, written block by block.</summary>
internal sealed class DatapointFile : IDisposable
{
    private const int PartCount = 256;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Utf8JsonWriter _writer;

    public DatapointFile(string path)
    {
        _path = path;
        _file = PrivateFiles.Create(path);
        _writer = new Utf8JsonWriter(_file, JsonFile.Writing);
        _writer.WriteStartArray();
    }

    /// <exception cref="FileAccessException">The disk is full, or gone.</exception>
    public void Write(Block block) => PrivateFiles.Try(_path, "written", () =>
    {
        for (int start = 0; start < block.Count; start += PartCount)
        {
            DatapointWriter.Write(_writer, block.Slice(start, Math.Min(PartCount, block.Count - start)));
            _writer.Flush();
        }
    });

    /// <summary>Closes the array; on return it is on disk.</summary>
    /// <exception cref="FileAccessException">The disk is full, or gone.</exception>
    public void Finish() => PrivateFiles.Try(_path, "written", () =>
    {
        _writer.WriteEndArray();
        _writer.Flush();
        _file.Flush(flushToDisk: true);
    });

    /// <summary>Closes the file without closing the array, which leaves invalid JSON.</summary>
    public void Dispose()
    {
        _writer.Reset();
        _file.Dispose();
    }
}
