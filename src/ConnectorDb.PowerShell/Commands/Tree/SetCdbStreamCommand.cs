using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of streams; what is not given stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "CdbStream", SupportsShouldProcess = true)]
[OutputType(typeof(CdbStream))]
public sealed class SetCdbStreamCommand : StreamSettingsCdbCmdlet
{
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process(CdbPath path)
    {
        if (!ShouldProcess(path.ToString(), "Change the stream"))
        {
            return;
        }

        CdbStream changed = Answer.Of(Client.UpdateStreamAsync(path, Settings(), Cancellation));
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}
