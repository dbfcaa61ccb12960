using System.Collections.Concurrent;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Subscriptions;

/// <summary>Actions add their datapoints to a collection. The script waits for them, which shows that they run in the background.</summary>
public class RegisterCdbSubscriptionTests : ModuleTest
{
    public RegisterCdbSubscriptionTests()
    {
        Connect();
        Get("""
            $null = New-CdbStream a, b
            $seen = [System.Collections.Concurrent.BlockingCollection[object]]::new()
            function Receive-One { $one = $null; if ($seen.TryTake([ref]$one, 60000)) { $one } else { throw 'Nothing came.' } }
            function Wait-Until($condition) {
                $end = [DateTime]::UtcNow.AddMinutes(1)
                while (-not (& $condition)) { if ([DateTime]::UtcNow -gt $end) { throw "It never came true: $condition" }; $null = [System.Threading.Thread]::Yield() }
            }
            """);
    }

    [Fact]
    public void The_action_runs_while_the_session_is_idle()
    {
        var told = (BlockingCollection<object>)Get("$null = Register-CdbSubscription a -Action { param($stream, $data) ($using:seen).Add($data[0].Data) }; , $seen")[0]!.BaseObject;
        using var other = NewSession();

        other.Get("$null = Connect-Cdb -Path $Store; Add-CdbDatapoint a 5");

        Assert.True(told.TryTake(out object? value, TimeSpan.FromMinutes(1)));
        Assert.Equal("5", value.ToString());
    }

    [Fact]
    public void A_slow_action_delays_neither_the_writer_nor_other_actions()
        => Assert.Equal(["quick", "slow", "2"], Run("""
            $gate = [System.Threading.ManualResetEventSlim]::new()
            $slow = Register-CdbSubscription a -Action { $null = ($using:gate).Wait(60000); ($using:seen).Add('slow') }
            $null = Register-CdbSubscription a -Transform 'if last' -Action { ($using:seen).Add('quick') }
            Add-CdbDatapoint a 1
            Receive-One
            Add-CdbDatapoint b 1, 2
            $gate.Set()
            Receive-One
            (Get-CdbDatapoint b).Count
            """).As<string>());

    [Fact]
    public void Unregistering_stops_a_running_action()
        => Assert.Equal([false], Run("""
            $subscription = Register-CdbSubscription a -Action { ($using:seen).Add('running'); while ($true) { } }
            Add-CdbDatapoint a 1
            $null = Receive-One
            Unregister-CdbSubscription $subscription
            Wait-Until { -not $subscription.IsRunning }
            $subscription.IsRunning
            """).As<bool>());

    [Fact]
    public void A_subscription_ends_with_its_connection_and_with_the_module()
    {
        Assert.Equal([false, 0], Get("""
            $subscription = Register-CdbSubscription a -Action { }
            Disconnect-Cdb
            Wait-Until { -not $subscription.IsRunning }
            $subscription.IsRunning
            @(Get-CdbSubscription).Count
            """).Select(o => o!.BaseObject));
        Connect();
        Assert.Equal([false], Get("$subscription = Register-CdbSubscription a -Action { }; Remove-Module ConnectorDb; Wait-Until { -not $subscription.IsRunning }; $subscription.IsRunning").Select(o => o!.BaseObject));
    }
}
