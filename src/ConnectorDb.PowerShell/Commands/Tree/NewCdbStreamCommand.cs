using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Creates streams.</summary>
[Cmdlet(VerbsCommon.New, "CdbStream", SupportsShouldProcess = true)]
[OutputType(typeof(CdbStream))]
public sealed class NewCdbStreamCommand : StreamSettingsCdbCmdlet
{
    protected override void Process(CdbPath path)
        => Write(path, "Create the stream", () => Client.CreateStreamAsync(path, Settings(), Cancellation));
}
