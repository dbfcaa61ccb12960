using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Reads the columns of a dataset: a dictionary of names, or a list of columns that are named after their streams. A column is
/// the text <c>stream:interpolator</c> or a dictionary of a query, or a <c>Merge</c> of several, and an <c>Interpolator</c>.
/// </summary>
internal sealed class ColumnArgument(CdbPath self)
{
    private static readonly string[] s_keys = [.. QueryArgument.Keys, "merge", "interpolator", "allownull", "allownil"];
    private readonly QueryArgument _queries = new(self);

    /// <exception cref="InvalidValueException">A column is invalid, or two columns have the same name.</exception>
    public IReadOnlyList<DatasetColumn> Read(object given, bool allowNull)
    {
        object bare = PowerShellObject.UnwrapUnlessCustom(given)!;
        DatasetColumn[] columns = bare switch
        {
            IDictionary named => named.Cast<DictionaryEntry>()
                .Select(entry => ReadOne(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value, allowNull)).ToArray(),
            IList many => many.Cast<object?>().SelectMany(one => Unnamed(one, allowNull)).ToArray(),
            _ => Unnamed(bare, allowNull).ToArray(),
        };

        foreach (IGrouping<string, DatasetColumn> same in columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (same.Skip(1).Any())
            {
                throw new InvalidValueException($"Two columns have the name '{same.Key}'. Give them different names with a hashtable: -Column @{{ name = 'stream:interpolator' }}.", given);
            }
        }

        return columns;
    }

    private IEnumerable<DatasetColumn> Unnamed(object? given, bool allowNull)
    {
        object? bare = PowerShellObject.Unwrap(given);
        if (bare is IDictionary named)
        {
            return Read(named, allowNull);
        }

        DatasetColumn column = ReadOne("", bare, allowNull);
        return [column with { Name = column.Name.Length > 0 ? column.Name : column.Sources[0].Stream.Name }];
    }

    private DatasetColumn ReadOne(string name, object? given, bool allowNull)
    {
        object? bare = PowerShellObject.UnwrapUnlessCustom(given);
        return bare switch
        {
            DatasetColumn column => name.Length > 0 ? column with { Name = name } : column,
            string text => ReadText(name, text, allowNull),
            _ => ReadFull(name, new NamedValues(bare, $"column '{name}'", s_keys), allowNull),
        };
    }

    private DatasetColumn ReadText(string name, string text, bool allowNull)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1
            ? new DatasetColumn
            {
                Name = name,
                Sources = [_queries.Read(text[..colon].Trim())],
                Interpolator = text[(colon + 1)..],
                AllowNull = allowNull,
            }
            : throw new InvalidValueException($"The column '{text}' has no interpolator. Write 'stream:interpolator', for example '{text.TrimEnd(':')}:closest'. Get-CdbInterpolator lists the interpolators.", text);
    }

    private DatasetColumn ReadFull(string name, NamedValues values, bool allowNull) => new()
    {
        Name = name,
        Sources = Sources(values),
        Interpolator = values.Text("interpolator")
            ?? throw new InvalidValueException($"The column '{name}' has no 'Interpolator'. Get-CdbInterpolator lists the interpolators.", values.Source),
        AllowNull = values.Get<bool>("allownull") ?? values.Get<bool>("allownil") ?? allowNull,
    };

    private IReadOnlyList<DataQuery> Sources(NamedValues values)
    {
        if (values["merge"] is not { } merge)
        {
            return [_queries.Read(values)];
        }

        return values["stream"] is null && values["transform"] is null
            ? _queries.ReadMany(merge)
            : throw new InvalidValueException("A column with 'Merge' must not have 'Stream' or 'Transform'. Give the transforms to the streams in 'Merge'.", values.Source);
    }
}
