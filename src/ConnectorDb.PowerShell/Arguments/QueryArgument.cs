using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Reads queries as people write them inside of other queries: the path of a stream, or a dictionary of the path and
/// what the parameters of Get-CdbDatapoint are called, or the query of the protocol (<c>t1</c>, <c>t2</c>, <c>i1</c>, <c>i2</c>).
/// </summary>
internal sealed class QueryArgument(CdbPath self)
{
    /// <summary>The names that a query may have.</summary>
    public static readonly string[] Keys =
        ["stream", "transform", "limit", "downlink", "from", "to", "since", "first", "last", "skip", "index", "t1", "t2", "i1", "i2"];

    /// <exception cref="InvalidValueException">It is nothing of the kind, or names what there is not.</exception>
    public DataQuery Read(object? given)
    {
        object? bare = given is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : given;
        return bare switch
        {
            DataQuery query => query,
            CdbStream stream => new DataQuery(stream.Path),
            CdbPath path => new DataQuery(path),
            string text => new DataQuery(CdbPath.Resolve(text, CdbPathKind.Stream, self)),
            System.Collections.IDictionary or PSObject => Read(new NamedValues(bare, "query", Keys)),
            _ => throw new InvalidValueException($"'{given}' is no stream and no query. Give a path, or a hashtable with 'Stream' and, if wanted, {string.Join(", ", Keys.Skip(1))}.", given),
        };
    }

    /// <summary>The queries of one value: one, or a list of them that is merged.</summary>
    public IReadOnlyList<DataQuery> ReadMany(object? given)
    {
        object? bare = given is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : given;
        return bare is System.Collections.IList many ? many.Cast<object?>().Select(Read).ToArray() : [Read(bare)];
    }

    /// <summary>The query that these values make; names that are no part of a query are left alone.</summary>
    public DataQuery Read(NamedValues values)
    {
        DataQuery stream = Read(values["stream"] ?? throw new InvalidValueException("A query needs the name 'Stream'.", values.Source));
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

        DataQuery[] queries = range.Of(stream).ToArray();
        if (queries.Length != 1)
        {
            throw new InvalidValueException("A query reads one range; give indices that follow one another.", values.Source);
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
