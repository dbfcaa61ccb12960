using System.Management.Automation;
using ConnectorDb.Fields;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that creates or changes users, devices or streams: their common properties.</summary>
public abstract class NodeSettingsCdbCmdlet : NodeCdbCmdlet
{
    /// <summary>Characters of a value in a message.</summary>
    private const int MaxShown = 200;

    private HashSet<string> _typed = [];
    private readonly UnusedColumns _columns;

    private protected NodeSettingsCdbCmdlet(Type node) => _columns = new UnusedColumns(this, node);

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Nickname { get; set => field = Cell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Description { get; set => field = Cell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Icon { get; set => field = Cell(value); }

    protected override void Begin()
    {
        base.Begin();
        _typed = new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
    }

    protected sealed override void Process()
    {
        _columns.Check();
        ProcessNodes();
    }

    /// <summary>
    /// Changes a node if the user confirms it. Of an object, the properties that were set are written, and those of the command line; the
    /// others may have been changed by others since the object was read.
    /// </summary>
    /// <param name="path">The node.</param>
    /// <param name="action">The text of the confirmation.</param>
    /// <param name="fields">The fields of the kind of node.</param>
    /// <param name="settings">The parameters, also those that the pipeline gave.</param>
    /// <param name="write">Writes the changes to the database and returns the node.</param>
    /// <param name="passThru">True to output the node.</param>
    private protected void Change<TNode, TFields>(CdbPath path, string action, FieldTable<TFields> fields, TFields settings, Func<TFields, ValueTask<TNode>> write, bool passThru)
        where TNode : IEdited<TFields>
        where TFields : class, new()
    {
        EditedFields<TFields>? given = (GivenNode as IEdited<TFields>)?.Edited;
        TFields changes = given is null ? settings
            : fields.Merge(given.Changes, fields.Read(field => _typed.Contains(ParameterOf(field.Name)) ? field.Get(settings) : null));
        if (!ShouldProcess(path.ToString(), fields.SetBy(changes).Any() ? $"{action}: {Settings(fields, changes)}" : action, () => DemandValid(path, changes)))
        {
            return;
        }

        TNode written = Await.Result(write(changes));
        given?.Accept(written.Edited);
        WriteVerbose(fields.SetBy(changes).Any() ? $"Changed '{path}': {Settings(fields, changes)}." : $"Changed nothing of '{path}', because no property was set.");
        if (passThru)
        {
            WriteObject(written);
        }
    }

    private static string ParameterOf(string field) => field == "labels" ? "Label" : field.Replace("_", "", StringComparison.Ordinal);

    /// <summary>Creates a node if the user confirms it, and outputs it.</summary>
    /// <param name="path">The node.</param>
    /// <param name="action">The text of the confirmation.</param>
    /// <param name="fields">The fields of the kind of node.</param>
    /// <param name="settings">The properties of the node.</param>
    /// <param name="write">Writes the node to the database and returns it.</param>
    private protected void Create<TNode, TFields>(CdbPath path, string action, FieldTable<TFields> fields, TFields settings, Func<ValueTask<TNode>> write)
        where TFields : class, new()
    {
        if (ShouldProcess(path.ToString(), action, () => DemandFree(path, settings)))
        {
            TNode made = Await.Result(write());
            WriteVerbose($"Created '{path}'{(fields.SetBy(settings).Any() ? $": {Settings(fields, settings)}" : "")}.");
            WriteObject(made);
        }
    }

    /// <summary>The properties that were set, with their values except secrets.</summary>
    private static string Settings<TFields>(FieldTable<TFields> fields, TFields set)
        where TFields : class, new()
        => string.Join(", ", fields.Where(field => field.Get(set) is not null).Select(field => field.Name is "password" or "old_password" or "apikey" ? field.Name : $"{field.Name} '{MessageText.Cut($"{field.Get(set)}", MaxShown)}'"));

    /// <exception cref="NotFoundException">The node is missing.</exception>
    private void DemandValid(CdbPath path, object changes)
    {
        Find(path);
        Trial.CheckUpdate(path, changes);
    }

    /// <exception cref="NotFoundException">The owner is missing.</exception>
    /// <exception cref="NameTakenException">The node exists.</exception>
    private void DemandFree(CdbPath path, object settings)
    {
        Engine.CheckDefinition(path, settings, isNew: true);
        if (path.Parent is { } parent)
        {
            Find(parent);
        }

        if (Await.Result(Client.ExistsAsync(path, Cancellation)))
        {
            throw new NameTakenException($"'{path}' already exists.", path);
        }

        Trial.CheckCreate(path, settings);
    }
}
