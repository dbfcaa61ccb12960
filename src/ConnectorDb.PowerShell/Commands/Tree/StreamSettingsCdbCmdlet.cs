using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>The properties of a stream that can be set.</summary>
public abstract class StreamSettingsCdbCmdlet : StreamCdbCmdlet
{
    [Parameter]
    [SchemaArgument]
    [ArgumentCompleter(typeof(SchemaCompleter))]
    public string? Schema { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Nickname { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Icon { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Datatype { get; set; }

    [Parameter]
    public SwitchParameter Ephemeral { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>What was given; nothing else is changed.</summary>
    private protected StreamDefinition Settings() => new()
    {
        Schema = Schema,
        Nickname = Nickname,
        Description = Description,
        Icon = Icon,
        Datatype = Datatype,
        Ephemeral = Given(nameof(Ephemeral)) ? Ephemeral.IsPresent : null,
        Downlink = Given(nameof(Downlink)) ? Downlink.IsPresent : null,
    };
}
