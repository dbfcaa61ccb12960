using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Csv;

/// <summary>The streams that a file names: by the names of its columns, or by the values of a column.</summary>
/// <param name="createsStreams">Names that cannot be names of streams are replaced as a logger does.</param>
/// <param name="isColumn">Whether a name is that of a column, for messages.</param>
/// <param name="file">The path of the file, for messages.</param>
internal sealed class CsvStreamPaths(ICdbClient client, CsvFormat format, bool createsStreams, bool isColumn, string file)
{
    private readonly Dictionary<CdbPath, string> _names = [];

    /// <summary>The path of the stream that a name stands for. The same name has the same path each time.</summary>
    /// <exception cref="InvalidNameException">The name cannot be that of a stream, or another name stands for the same stream.</exception>
    public CdbPath Of(string name)
    {
        CdbPath path = Resolve(name);
        if (!_names.TryAdd(path, name) && _names[path] != name)
        {
            throw new InvalidNameException(
                $"'{_names[path]}' and '{name}' in '{file}' would both become the stream '{path}'. "
                + (isColumn ? "Give a stream for each column as -Stream, or choose one as -ValueColumn." : "Rename one of them in the file."),
                name);
        }

        return path;
    }

    private CdbPath Resolve(string name)
    {
        try
        {
            return CdbPath.Resolve(name, CdbPathKind.Stream, client.Identity);
        }
        catch (InvalidNameException) when (createsStreams && !string.IsNullOrWhiteSpace(name))
        {
            return client.Identity.Child(StreamNames.NameOf(name));
        }
        catch (InvalidNameException error)
        {
            string change = string.IsNullOrWhiteSpace(name) ? "" : $"-CreateStream makes it '{StreamNames.NameOf(name)}'. Or ";
            string advice = isColumn
                ? $"give the streams as -Stream, in the order of the columns {CsvColumns.Listed(format)}, or choose columns as -ValueColumn."
                : "rename it in the file, or import a file with the rows of one stream only, with -ValueColumn and -Stream.";
            throw new InvalidNameException(
                $"'{name}' in '{file}' cannot be the name of a stream. {error.Message} {change}{(change.Length == 0 ? char.ToUpperInvariant(advice[0]) : advice[0])}{advice[1..]}",
                name);
        }
    }
}
