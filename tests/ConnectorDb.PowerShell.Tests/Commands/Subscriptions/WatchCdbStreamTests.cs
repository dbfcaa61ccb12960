using System.Management.Automation;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Subscriptions;

public class WatchCdbStreamTests : ModuleTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public WatchCdbStreamTests()
    {
        Connect();
        Get("$null = New-CdbStream a, b; Add-CdbDatapoint a 1, 2, 3");
    }

    /// <summary>Connects the session that watches.</summary>
    protected virtual void ConnectOther(ModuleSession other) => other.Get("$null = Connect-Cdb -Path $Store");

    [Fact]
    public void Datapoints_are_output_as_they_arrive()
    {
        using var other = NewSession();
        ConnectOther(other);
        using var watching = new Running(other.Start("Watch-CdbStream a, b -Last 1"));
        Assert.Equal("me/user/a=3", watching.Next());

        Get("Add-CdbDatapoint b 'hello'; Add-CdbDatapoint a 4");

        Assert.Equal(["me/user/a=4", "me/user/b=hello"], new[] { watching.Next(), watching.Next() }.Order());
    }

    [Fact]
    public void A_watch_stops_at_once_on_request()
    {
        using var other = NewSession();
        ConnectOther(other);
        using var watching = new Running(other.Start("Watch-CdbStream a -Last 1"));
        watching.Next();

        Assert.Equal(PSInvocationState.Stopped, watching.Stop());
    }

    [Fact]
    public void A_failing_transform_is_an_error_and_the_watch_continues()
    {
        Get("Add-CdbDatapoint b 'text'");
        using var other = NewSession();
        ConnectOther(other);
        using var watching = new Running(other.Start("Watch-CdbStream b -FromIndex 0 -Transform '$ + 1'"));
        Assert.StartsWith("ScriptFailed", watching.Error(), StringComparison.Ordinal);

        Get("Add-CdbDatapoint b 1");

        Assert.Equal("me/user/b=2", watching.Next());
    }

    [Fact]
    public void A_watch_ends_when_all_its_streams_are_deleted()
    {
        using var other = NewSession();
        ConnectOther(other);
        using var watching = new Running(other.Start("Watch-CdbStream a -Last 1 -ErrorAction SilentlyContinue"));
        watching.Next();

        Get("Remove-CdbStream a -Confirm:$false");

        Assert.Equal(PSInvocationState.Completed, watching.End());
    }

    /// <summary>A pipeline whose output is read while it runs.</summary>
    private sealed class Running : IDisposable
    {
        private readonly System.Management.Automation.PowerShell _pipeline;
        private readonly PSDataCollection<PSObject> _output = new() { BlockingEnumerator = true };
        private readonly TaskCompletionSource<string> _error = new();
        private readonly IEnumerator<PSObject> _points;
        private readonly IAsyncResult _run;

        public Running(System.Management.Automation.PowerShell pipeline)
        {
            _pipeline = pipeline;
            _points = _output.GetEnumerator();
            pipeline.Streams.Error.DataAdded += (_, added) => _error.TrySetResult(pipeline.Streams.Error[added.Index].FullyQualifiedErrorId);
            _run = pipeline.BeginInvoke<PSObject, PSObject>(null, _output);
        }

        public string Next()
        {
            Task<bool> next = Task.Run(_points.MoveNext);
            Assert.True(next.WaitAsync(s_patience).GetAwaiter().GetResult(), "The pipeline ended.");
            return $"{_points.Current.Properties["Stream"].Value}={_points.Current.Properties["Data"].Value}";
        }

        /// <summary>The id of the first error.</summary>
        public string Error() => _error.Task.WaitAsync(s_patience).GetAwaiter().GetResult();

        public PSInvocationState Stop()
        {
            _pipeline.Stop();
            return End();
        }

        public PSInvocationState End()
        {
            Assert.True(_run.AsyncWaitHandle.WaitOne(s_patience));
            return _pipeline.InvocationStateInfo.State;
        }

        public void Dispose()
        {
            _pipeline.Stop();
            _pipeline.Dispose();
            _output.Dispose();
        }
    }
}
