using System.Diagnostics;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Tests a connection and measures its response time; with -Quiet, outputs only true or false.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CdbConnection")]
[OutputType(typeof(CdbRoundTrip), typeof(bool))]
public sealed class TestCdbConnectionCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbConnection>(TakesMany = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbConnection>))]
    public CdbConnection[]? Connection { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Process()
    {
        if (Connection is null)
        {
            Test(RunspaceSession.Current.Default);
        }

        ForEach(Connection ?? [], Test);
    }

    private void Test(CdbConnection? connection)
    {
        try
        {
            CdbRoundTrip trip = Ping(connection ?? throw new NotConnectedException());
            WriteObject(Quiet ? true : trip);
        }
        catch (CdbException) when (Quiet)
        {
            WriteObject(false);
        }
    }

    private CdbRoundTrip Ping(CdbConnection connection)
    {
        long start = Stopwatch.GetTimestamp();
        string version = Await.Result(connection.Client.PingAsync(Cancellation));
        return new CdbRoundTrip(connection.Location, connection.Identity, version, Stopwatch.GetElapsedTime(start));
    }
}
