using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Reads a query inside of another query: the path of a stream, or a dictionary with the path and the parameter names of
/// Get-CdbDatapoint or the fields of the protocol (<c>t1</c>, <c>t2</c>, <c>i1</c>, <c>i2</c>).
/// </summary>
/// <param name="client">The database, whose login completes paths.</param>
/// <param name="cancellation">Cancels its calls.</param>
internal sealed class QueryArgument(ICdbClient client, CancellationToken cancellation)
{
    /// <summary>The valid names in a query.</summary>
    public static readonly string[] Keys =
        ["stream", "transform", "limit", "downlink", "from", "to", "since", "first", "last", "skip", "index", "t1", "t2", "i1", "i2"];

    /// <summary>The name of the labels in a selection.</summary>
    public const string Label = "label";

    /// <exception cref="InvalidValueException">The value is not a query, or has an unknown name.</exception>
    public DataQuery Read(object? given)
    {
        object? bare = PowerShellObject.UnwrapUnlessCustom(given);
        return bare switch
        {
            DataQuery query => query,
            CdbStream stream => new DataQuery(stream.GetPath()),
            CdbPath path => new DataQuery(path),
            string text when WildcardPattern.ContainsWildcardCharacters(text) => throw new InvalidNameException($"'{text}' has a wildcard, but a query is of one stream. Give the streams that match: (Get-CdbStream '{text}').", text),
            string text => new DataQuery(CdbPath.Resolve(text, CdbPathKind.Stream, client.Identity)),
            PSObject other when PathOf(other) is { } path => Read(path),
            System.Collections.IDictionary or PSObject => Read(new NamedValues(bare, "query", Keys)),
            _ => throw new InvalidValueException($"'{given}' is not a stream or query. Give a path, or a hashtable with 'Stream' and optionally {string.Join(", ", Keys.Skip(1))}.", given),
        };
    }

    /// <summary>Reads a query; without a range of its own, it gets the given range.</summary>
    public DataQuery Read(object? given, DateTimeOffset? from, DateTimeOffset? to) => Between(Read(given), from, to);

    /// <summary>Reads a query, or those of a selection by labels; without a range of their own, they get the given range.</summary>
    public IReadOnlyList<DataQuery> ReadMany(object? given, DateTimeOffset? from, DateTimeOffset? to) => [.. ReadMany(given).Select(query => Between(query, from, to))];

    private static DataQuery Between(DataQuery query, DateTimeOffset? from, DateTimeOffset? to)
        => query.IsByIndex || query.IsByTime ? query : StreamRange.Between(query, from, to);

    /// <summary>The path of a stream that was selected, or that came from another process; null for other objects.</summary>
    public static string? PathOf(PSObject custom)
        => custom.BaseObject is PSCustomObject && Members.Get(custom, "Path") is { } path ? LanguagePrimitives.ConvertTo<string>(path) : null;

    /// <summary>Reads one query, or a list of queries to merge.</summary>
    public IReadOnlyList<DataQuery> ReadMany(object? given)
    {
        object? bare = PowerShellObject.UnwrapUnlessCustom(given);
        return bare switch
        {
            System.Collections.IList many => [.. many.Cast<object?>().SelectMany(ReadMany)],
            System.Collections.IDictionary labeled when IsSelection(labeled) => ReadSelection(new NamedValues(labeled, "query", [.. Keys, Label])),
            _ => [Read(bare)],
        };
    }

    /// <summary>True for a dictionary that selects streams by their labels: <c>@{ Label = @{ room = '*' } }</c>.</summary>
    public static bool IsSelection(System.Collections.IDictionary given)
        => given.Cast<System.Collections.DictionaryEntry>().Any(entry => IsNamed(entry, Label) && PowerShellObject.Unwrap(entry.Value) switch
        {
            LabelSet => true,

            // A column may have this name.
            System.Collections.IDictionary labels => !labels.Cast<System.Collections.DictionaryEntry>().Any(inner => IsNamed(inner, "stream") || IsNamed(inner, "merge")),
            _ => false,
        });

    private static bool IsNamed(System.Collections.DictionaryEntry entry, string name) => string.Equals($"{entry.Key}", name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The streams with the labels of a selection, in the order of their paths.</summary>
    /// <exception cref="NotFoundException">There are none.</exception>
    public IReadOnlyList<CdbStream> Select(NamedValues values)
    {
        LabelSet labels = Labels(values);
        CdbStream[] found = [.. Await.Each(client.FindStreamsAsync([.. labels.Select(label => new LabelPattern(label.Key, label.Value))], cancellation))];
        return found.Length > 0 ? found : throw new NotFoundException($"No stream that this login may see has the labels {labels}. Get-CdbStream lists the visible ones, with their labels in the property Labels.", labels);
    }

    /// <summary>The labels of a selection.</summary>
    /// <exception cref="InvalidValueException">There are none, or a stream is given, too.</exception>
    public static LabelSet Labels(NamedValues values)
        => values["stream"] is null && values["merge"] is null && LabelsArgumentAttribute.Read(values[Label]) is { Count: > 0 } labels
            ? labels
            : throw new InvalidValueException("A selection needs labels, and neither 'Stream' nor 'Merge': @{ Label = @{ room = '*' } }.", values.Source);

    /// <summary>The query of one stream of a selection.</summary>
    public DataQuery Of(CdbStream stream, NamedValues values) => Read(stream, values);

    private DataQuery[] ReadSelection(NamedValues values) => [.. Select(values).Select(stream => Of(stream, values))];

    /// <summary>Reads the query in the values and ignores other names.</summary>
    public DataQuery Read(NamedValues values)
        => Read(values["stream"] ?? throw new InvalidValueException("A query needs 'Stream'.", values.Source), values);

    private DataQuery Read(object of, NamedValues values)
    {
        DataQuery stream = Read(of);
        stream = stream with
        {
            Stream = values.Get<bool>("downlink") == true ? stream.Stream.ToDownlink() : stream.Stream,
            Transform = values.Text("transform") ?? stream.Transform,
            Limit = values.Get<long>("limit") ?? stream.Limit,
        };

        StreamRange range = new()
        {
            From = StreamRange.Start(values.Time("from"), values.Time("since")),
            To = values.Time("to"),
            First = values.Get<long>("first"),
            Last = values.Get<long>("last"),
            Skip = values.Get<long>("skip"),
            Index = values["index"] is { } index ? IndexArgumentAttribute.Read(index) : [],
        };

        DataQuery[] queries = range.Of(stream, client, cancellation).ToArray();
        if (queries.Length != 1)
        {
            throw new InvalidValueException("A query reads one range. Give consecutive indices.", values.Source);
        }

        return queries[0] with
        {
            T1 = values.Get<double>("t1") ?? queries[0].T1,
            T2 = values.Get<double>("t2") ?? queries[0].T2,
            I1 = values.Get<long>("i1") ?? queries[0].I1,
            I2 = values.Get<long>("i2") ?? queries[0].I2,
        };
    }
}
