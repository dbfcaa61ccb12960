using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Storage.Tables;

/// <summary>The columns of the table <c>streams</c> that follow from the fields of streams. SQLite and PostgreSQL understand the same texts.</summary>
/// <remarks>A store that lacks a column gets it when it is opened. Each column has a default, so that older versions can still add streams.</remarks>
internal static class StreamColumns
{
    public static int Count => StreamFields.All.Count;

    /// <summary>The names, separated by commas.</summary>
    public static string Names { get; } = string.Join(", ", StreamFields.All.Select(field => field.Name));

    /// <summary>The definitions in CREATE TABLE, separated by commas.</summary>
    /// <param name="flagType">The type of flags.</param>
    public static string Definitions(string flagType) => string.Join(", ", StreamFields.All.Select(field => Definition(field, flagType)));

    /// <summary>The statements that add the columns that a table does not have.</summary>
    public static IEnumerable<string> Additions(IReadOnlySet<string> existing, string flagType)
        => StreamFields.All.Where(field => !existing.Contains(field.Name)).Select(field => $"ALTER TABLE streams ADD COLUMN {Definition(field, flagType)}");

    /// <summary>The list of SELECT; the default instead of a column that the table does not have.</summary>
    /// <param name="existing">The columns of the table; null for all.</param>
    public static string Selection(IReadOnlySet<string>? existing = null)
        => string.Join(", ", StreamFields.All.Select(field => existing?.Contains(field.Name) is false ? DefaultOf(field) : $"s.{field.Name}"));

    /// <summary>The assignments of UPDATE, with numbered parameters.</summary>
    /// <param name="mark">The character of parameters.</param>
    public static string Assignments(char mark, int firstParameter) => string.Join(", ", StreamFields.All.Select((field, i) => $"{field.Name} = {mark}{firstParameter + i}"));

    /// <summary>The values of a stream, each a string or a bool.</summary>
    public static IEnumerable<object> ValuesOf(StreamRecord stream)
        => StreamFields.All.Select(field => field.Get(stream.Fields) ?? field.Default).Select(value => value is LabelSet labels ? labels.ToValue().ToJson() : value);

    /// <summary>Reads the columns of <see cref="Selection"/>.</summary>
    public static StreamDefinition Read(IRow row, int firstColumn)
    {
        int column = firstColumn;
        return StreamFields.All.Read(field => field.Default switch
        {
            bool => row.Boolean(column++),
            LabelSet => LabelsOf(row.Text(column++)),
            _ => row.Text(column++),
        });
    }

    private static string Definition(Field<StreamDefinition> field, string flagType) => $"{field.Name} {(field.IsFlag ? flagType : "TEXT")} NOT NULL DEFAULT {DefaultOf(field)}";

    private static string DefaultOf(Field<StreamDefinition> field) => field.Default switch
    {
        bool flag => flag ? "TRUE" : "FALSE",
        LabelSet => "'{}'",
        var text => $"'{text}'",
    };

    private static LabelSet LabelsOf(string text) => text == "{}" ? LabelSet.None : LabelSet.Read(DataValue.Parse(text));
}
