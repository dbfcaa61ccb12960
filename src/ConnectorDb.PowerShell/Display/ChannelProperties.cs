using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Display;

/// <summary>The properties of a channel that the cmdlets that declare it take by name, also from a table.</summary>
public static class ChannelProperties
{
    public static object? Schema(PSObject channel) => Of(channel)?.Schema;

    public static object? Nickname(PSObject channel) => Of(channel)?.Nickname;

    public static object? Description(PSObject channel) => Of(channel)?.Description;

    public static object? Datatype(PSObject channel) => Of(channel)?.Datatype;

    public static object? Fields(PSObject channel) => List((channel?.BaseObject as LogChannel)?.Fields);

    public static object? Tags(PSObject channel) => List((channel?.BaseObject as LogChannel)?.Tags);

    private static NameList? List(IReadOnlyList<string>? names) => names is null ? null : new NameList(names);

    private static StreamDefinition? Of(PSObject channel) => (channel?.BaseObject as LogChannel)?.Definition;
}
