using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of streams; properties that are not given do not change.</summary>
[Cmdlet(VerbsCommon.Set, "CdbStream", SupportsShouldProcess = true)]
[OutputType(typeof(CdbStream))]
public sealed class SetCdbStreamCommand : StreamSettingsCdbCmdlet
{
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process(CdbPath path)
        => Write(path, "Change the stream", () => Client.UpdateStreamAsync(path, Settings(), Cancellation), PassThru);
}
