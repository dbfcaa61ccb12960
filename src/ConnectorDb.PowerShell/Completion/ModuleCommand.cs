using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Finds the cmdlet of the module that a command line calls, and its arguments.</summary>
internal static class ModuleCommand
{
    /// <returns>Null for other commands.</returns>
    public static CmdletInfo? Of(CommandAst command, SessionState session)
        => command.GetCommandName() is { } name && name.Contains("Cdb", StringComparison.OrdinalIgnoreCase)
           && session.InvokeCommand.GetCommand(name, CommandTypes.Cmdlet) is CmdletInfo cmdlet && cmdlet.ImplementingType.Assembly == typeof(ModuleCommand).Assembly ? cmdlet : null;

    /// <summary>The arguments by parameter; none when there are several that no parameter takes.</summary>
    public static IEnumerable<KeyValuePair<string, ParameterBindingResult>> Arguments(CommandAst command)
    {
        try
        {
            return StaticParameterBinder.BindCommand(command).BoundParameters;
        }
        catch (ArgumentException)
        {
            // It lists the surplus arguments by their text, and two can have the same.
            return [];
        }
    }
}
