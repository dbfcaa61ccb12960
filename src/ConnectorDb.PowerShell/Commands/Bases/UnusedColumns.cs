using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Warns once of each column of a table that is neither a parameter nor a property of the objects that the cmdlet makes.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="made">The types of the objects, whose other properties come from an exported table.</param>
internal sealed class UnusedColumns(PSCmdlet cmdlet, params Type[] made)
{
    private HashSet<string>? _known;

    /// <summary>Parameters that the cmdlet takes from rows by itself.</summary>
    public IReadOnlyList<string> FromRows { get; init; } = [];

    /// <summary>Looks at the row that was just bound, if any.</summary>
    public void Check()
    {
        if (TableRow.Take() is { } row)
        {
            Check(row);
        }
    }

    /// <summary>Looks at a row.</summary>
    public void Check(PSObject row)
    {
        _known ??= Known();
        string[] unused = [.. Members.Names(row).Where(name => !DatapointMembers.IsAddedByRemoting(name) && _known.Add(name))];
        if (unused.Length > 0)
        {
            cmdlet.WriteWarning($"{cmdlet.MyInvocation.MyCommand.Name} does not use '{string.Join("', '", unused)}' of the table. The properties that it uses are {string.Join(", ", ByName().Select(parameter => parameter.Name).Concat(FromRows).Order(StringComparer.Ordinal))}.");
        }
    }

    private HashSet<string> Known() => new(
        [
            .. Parameters().SelectMany(parameter => parameter.Aliases.Append(parameter.Name)),
            .. made.SelectMany(type => type.GetProperties()).Select(property => property.Name),
        ],
        StringComparer.OrdinalIgnoreCase);

    private IEnumerable<ParameterMetadata> ByName()
        => Parameters().Where(parameter => parameter.ParameterSets.Values.Any(set => set.ValueFromPipelineByPropertyName));

    private Dictionary<string, ParameterMetadata>.ValueCollection Parameters() => cmdlet.MyInvocation.MyCommand.Parameters.Values;
}
