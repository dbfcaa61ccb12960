using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Reads the columns of a dataset: a dictionary of names, or a list of columns that are named after their streams. A column is a
/// stream, the text <c>stream:interpolator</c>, or a dictionary of a query, or a <c>Merge</c> of several, and an <c>Interpolator</c>.
/// </summary>
/// <param name="queries">Reads the queries of the columns.</param>
/// <param name="interpolator">The interpolator of columns that name none.</param>
/// <param name="allowNull">The columns may be without a value.</param>
internal sealed class ColumnArgument(QueryArgument queries, string interpolator, bool allowNull)
{
    private static readonly string[] s_keys = [.. QueryArgument.Keys, "merge", "interpolator", "allownull", "allownil"];

    /// <exception cref="InvalidValueException">A column is invalid, or two columns have the same name.</exception>
    public IReadOnlyList<DatasetColumn> Read(object given)
    {
        DatasetColumn[] columns = ColumnNames.Complete([.. Columns(given)]);
        foreach (IGrouping<string, DatasetColumn> same in columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (same.Skip(1).Any())
            {
                throw new InvalidValueException($"Two columns have the name '{same.Key}'. Give them different names with a hashtable: -Column @{{ name = 'stream:interpolator' }}.", given);
            }
        }

        return columns;
    }

    /// <summary>The columns; those without a name in a dictionary have an empty one.</summary>
    private IEnumerable<DatasetColumn> Columns(object? given)
    {
        object? bare = PowerShellObject.UnwrapUnlessCustom(given);
        return bare switch
        {
            IDictionary named when !IsColumn(named) => named.Cast<DictionaryEntry>().Select(entry => ReadOne(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value)),
            IList many => many.Cast<object?>().SelectMany(Columns),
            _ => [ReadOne("", bare)],
        };
    }

    /// <summary>True for a dictionary that describes one column, such as <c>@{ Stream = 'x'; Interpolator = 'mean' }</c>.</summary>
    private static bool IsColumn(IDictionary given)
    {
        string[] names = [.. given.Keys.Cast<object>().Select(key => key.ToString()!.ToLowerInvariant())];
        return names.Contains("interpolator") && (names.Contains("stream") || names.Contains("merge")) && names.All(s_keys.Contains);
    }

    private DatasetColumn ReadOne(string name, object? given)
    {
        object? bare = PowerShellObject.UnwrapUnlessCustom(given);
        return bare switch
        {
            DatasetColumn column => name.Length > 0 ? column with { Name = name } : column,
            string text => ReadText(name, text),
            CdbStream or CdbPath or DataQuery => OfStream(name, bare),
            PSObject custom when QueryArgument.PathOf(custom) is { } path => OfStream(name, path),
            _ => ReadFull(name, new NamedValues(bare, name.Length > 0 ? $"column '{name}'" : "column", s_keys)),
        };
    }

    private DatasetColumn ReadText(string name, string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string stream = colon < 0 ? text : text[..colon];
        return colon == text.Length - 1 || string.IsNullOrWhiteSpace(stream)
            ? throw new InvalidValueException($"The column '{text}' has a colon and nothing on one side of it. Write 'stream:interpolator', for example 'temperature:mean'. Get-CdbInterpolator lists the interpolators.", text)
            : OfStream(name, stream.Trim()) with { Interpolator = colon < 0 ? interpolator : text[(colon + 1)..] };
    }

    private DatasetColumn OfStream(string name, object stream) => new()
    {
        Name = name,
        Sources = [queries.Read(stream)],
        Interpolator = interpolator,
        AllowNull = allowNull,
    };

    private DatasetColumn ReadFull(string name, NamedValues values) => new()
    {
        Name = name,
        Sources = Sources(values),
        Interpolator = values.Text("interpolator") ?? interpolator,
        AllowNull = values.Get<bool>("allownull") ?? values.Get<bool>("allownil") ?? allowNull,
    };

    private IReadOnlyList<DataQuery> Sources(NamedValues values)
    {
        if (values["merge"] is not { } merge)
        {
            return [queries.Read(values)];
        }

        return values["stream"] is null && values["transform"] is null
            ? queries.ReadMany(merge)
            : throw new InvalidValueException("A column with 'Merge' must not have 'Stream' or 'Transform'. Give the transforms to the streams in 'Merge'.", values.Source);
    }
}
