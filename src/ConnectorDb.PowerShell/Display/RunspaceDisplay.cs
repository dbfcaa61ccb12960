using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ConnectorDb.PowerShell.Display;

/// <summary>
/// Adds the views and default properties of the module to the current runspace, and removes them. They are code and no ps1xml
/// files: under the execution policies AllSigned and Restricted, PowerShell refuses a module with unsigned ps1xml files.
/// </summary>
internal static class RunspaceDisplay
{
    private const string UpdateFormatData = "Microsoft.PowerShell.Commands.UpdateFormatDataCommand";

    private static readonly Lazy<ExtendedTypeDefinition[]> s_views = new(() =>
    [
        .. DatapointViews.All, .. TreeViews.All, .. ConnectionViews.All, .. PipeScriptViews.All, .. PollingViews.All, .. LoggingViews.All, .. CsvViews.All,
    ]);

    private static readonly Lazy<TypeData[]> s_types = new(() => [.. DefaultProperties.All]);

    public static void Add()
    {
        if (Changeable is { } state)
        {
            state.Formats.Add(s_views.Value.Select(view => new SessionStateFormatEntry(view)));
            state.Types.Add(s_types.Value.Select(type => new SessionStateTypeEntry(type, isRemove: false)));
            Refresh();
        }
    }

    public static void Remove()
    {
        if (Changeable is { } state)
        {
            RemoveAll(state.Formats, entry => s_views.Value.Contains(entry.FormatData));
            RemoveAll(state.Types, entry => s_types.Value.Contains(entry.TypeData));
            Refresh();
        }
    }

    /// <summary>The session state; null when the host does not allow changes of the views. Objects then show all their properties.</summary>
    private static InitialSessionState? Changeable =>
        Runspace.DefaultRunspace.InitialSessionState is { DisableFormatUpdates: false } state
        && state.Formats.All(entry => entry.Formattable is null)
        && state.Types.All(entry => entry.TypeTable is null)
            ? state
            : null;

    // Without arguments, the two commands build the tables of the runspace from the entries of its session state.
    private static void Refresh()
    {
        Run("Update-FormatData", UpdateFormatData);
        Run("Update-TypeData", "Microsoft.PowerShell.Commands.UpdateTypeDataCommand");
    }

    // By type: to find a command by its name loads the whole Utility module, and a session may hide it. A host without that module
    // has no Format-Table and no Out-String either.
    private static void Run(string name, string type)
    {
        if (Type.GetType(type + ", Microsoft.PowerShell.Commands.Utility") is { } command)
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddCommand(new CmdletInfo(name, command)).Invoke();
        }
    }

    private static void RemoveAll<T>(InitialSessionStateEntryCollection<T> entries, Predicate<T> isOurs)
        where T : InitialSessionStateEntry
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (isOurs(entries[i]))
            {
                entries.RemoveItem(i);
            }
        }
    }
}
