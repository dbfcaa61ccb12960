using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Tree;

public sealed class ExportTests : ModuleTest
{
    private string Export => Path.Combine(Folder, "export");

    [Fact]
    public void A_stopped_export_leaves_no_files()
    {
        Connect();
        Get("New-CdbStream noise; 1..3 | ForEach-Object { 1..100000 | Add-CdbDatapoint noise }");
        using ModuleSession session = NewSession();
        session.Get("Connect-Cdb $Store");
        using System.Management.Automation.PowerShell pipeline = session.Start("Export-CdbItem me -Destination $args[0]", Export);
        using ManualResetEventSlim begun = new();
        using FileSystemWatcher watcher = new(Folder);
        watcher.Created += (_, _) => begun.Set();
        watcher.EnableRaisingEvents = true;
        IAsyncResult running = pipeline.BeginInvoke();
        Assert.True(begun.Wait(TimeSpan.FromSeconds(60)));
        pipeline.Stop();

        // Where the export was faster than the stop it is whole.
        Assert.True(Directory.GetDirectories(Folder, "export*") is [] || File.Exists(Path.Combine(Export, "connectordb.json")));
        Assert.True(running.AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(60)));
    }
}
