using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Reads the columns of a dataset: a dictionary of names, or a list of columns that are named after their streams. A column is a
/// stream, the text <c>stream:interpolator</c>, or a dictionary of a query, or a <c>Merge</c> of several, and an <c>Interpolator</c>. A dictionary with
/// <c>Label</c> is a column of all streams with these labels, or with <c>By</c> a column for each value of that label.
/// </summary>
/// <param name="queries">Reads the queries of the columns.</param>
/// <param name="interpolator">The interpolator of columns that name none.</param>
/// <param name="allowNull">The columns may be without a value.</param>
internal sealed class ColumnArgument(QueryArgument queries, string interpolator, bool allowNull)
{
    private const string By = "by";

    private static readonly string[] s_keys = [.. QueryArgument.Keys, "merge", QueryArgument.Label, By, "interpolator", "allownull", "allownil"];

    /// <exception cref="InvalidValueException">A column is invalid, or two columns have the same name.</exception>
    public IReadOnlyList<DatasetColumn> Read(object given)
    {
        DatasetColumn[] columns = DatasetColumnNames.Complete([.. Columns(given)]);
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
            IDictionary labeled when QueryArgument.IsSelection(labeled) => OfLabels("", new NamedValues(labeled, "column", s_keys)),
            IDictionary named when !IsColumn(named) => named.Cast<DictionaryEntry>().SelectMany(Named),
            IList many => many.Cast<object?>().SelectMany(Columns),
            _ => [ReadOne("", bare)],
        };
    }

    private IEnumerable<DatasetColumn> Named(DictionaryEntry entry)
    {
        string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
        return PowerShellObject.UnwrapUnlessCustom(entry.Value) is IDictionary labeled && QueryArgument.IsSelection(labeled)
            ? OfLabels(name, new NamedValues(labeled, $"column '{name}'", s_keys))
            : [ReadOne(name, entry.Value)];
    }

    /// <summary>One column of all streams with the labels, or one for each value of the label <c>By</c>, named after it.</summary>
    private DatasetColumn[] OfLabels(string name, NamedValues values)
    {
        (IReadOnlyList<CdbStream> streams, string? key) = (queries.Select(values), values.Text(By));
        if (key is null)
        {
            return [OfSelection(name.Length > 0 ? name : string.Join('_', QueryArgument.Labels(values).Select(label => label.Value.Replace("*", "all", StringComparison.Ordinal))), streams, values)];
        }

        DatasetColumn[] columns = [.. from stream in streams
                                      where stream.Labels.TryGetValue(key, out _)
                                      group stream by stream.Labels[key] into same
                                      orderby same.Key
                                      select OfSelection(name.Length > 0 ? $"{name}_{same.Key}" : same.Key, [.. same], values)];
        return columns.Length > 0 ? columns : throw new NotFoundException($"No stream of the selection has the label '{key}'. Get-CdbStream lists the visible ones, with their labels in the property Labels.", key);
    }

    private DatasetColumn OfSelection(string name, IReadOnlyList<CdbStream> streams, NamedValues values) => new()
    {
        Name = name,
        Sources = [.. streams.Select(stream => queries.Of(stream, values))],
        Interpolator = values.Text("interpolator") ?? interpolator,
        AllowNull = values.Get<bool>("allownull") ?? values.Get<bool>("allownil") ?? allowNull,
    };

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
