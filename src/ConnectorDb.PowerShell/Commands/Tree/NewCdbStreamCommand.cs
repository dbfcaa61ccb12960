using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Makes streams.</summary>
[Cmdlet(VerbsCommon.New, "CdbStream", SupportsShouldProcess = true)]
[OutputType(typeof(CdbStream))]
public sealed class NewCdbStreamCommand : StreamSettingsCdbCmdlet
{
    protected override void Process(CdbPath path)
    {
        if (ShouldProcess(path.ToString(), "Create the stream"))
        {
            WriteObject(Answer.Of(Client.CreateStreamAsync(path, Settings(), Cancellation)));
        }
    }
}
