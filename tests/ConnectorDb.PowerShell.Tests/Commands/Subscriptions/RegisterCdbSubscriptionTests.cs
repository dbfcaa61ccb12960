using System.Collections.Concurrent;
using System.Management.Automation;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Subscriptions;

/// <summary>Actions hand what they see to a collection; that the script waits for it shows that they run meanwhile.</summary>
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
    public void The_action_runs_with_stream_and_data_while_the_script_waits()
        => Assert.Equal(["me/user/a: 1 2"], Run("""
            $null = Register-CdbSubscription a -Action { param($stream, $data) ($using:seen).Add("${stream}: $($data.Data)") }
            Add-CdbDatapoint a 1, 2
            Receive-One
            """).As<string>());

    [Fact]
    public void The_action_runs_while_nothing_runs_in_the_session()
    {
        var told = (BlockingCollection<object>)Get("$null = Register-CdbSubscription a -Action { param($stream, $data) ($using:seen).Add($data[0].Data) }; , $seen")[0]!.BaseObject;
        using var other = NewSession();

        other.Get("$null = Connect-Cdb -Path $Store; Add-CdbDatapoint a 5");

        Assert.True(told.TryTake(out object? value, TimeSpan.FromMinutes(1)));
        Assert.Equal("5", value.ToString());
    }

    [Fact]
    public void A_transform_comes_before_the_action()
        => Assert.Equal([7], Run("""
            $null = Register-CdbSubscription a -Transform 'if last' -Action { param($stream, $data) ($using:seen).Add($data[0].Data) }
            Add-CdbDatapoint a 5, 6, 7
            Receive-One
            """).As<int>());

    [Fact]
    public void The_module_and_the_connection_are_there_in_the_action()
        => Assert.Equal([10], Run("""
            $null = Register-CdbSubscription a -Action { param($stream, $data) Add-CdbDatapoint b ($data[-1].Data * 10); ($using:seen).Add(1) }
            Add-CdbDatapoint a 1
            $null = Receive-One
            (Get-CdbDatapoint b).Data
            """).As<int>());

    [Fact]
    public void It_begins_where_it_is_told_to()
        => Assert.Equal([1, 2], Run("""
            Add-CdbDatapoint a 1
            $null = Register-CdbSubscription a -FromIndex 0 -Action { param($stream, $data) foreach ($point in $data) { ($using:seen).Add($point.Data) } }
            Add-CdbDatapoint a 2
            Receive-One
            Receive-One
            """).As<int>());

    [Fact]
    public void Errors_are_counted_and_the_last_is_kept_and_the_next_batch_comes_all_the_same()
    {
        PSObject subscription = Run("""
            $subscription = Register-CdbSubscription a -Action {
                param($stream, $data)
                if ($data[0].Data -eq 1) { throw 'too bad' }
                if ($data[0].Data -eq 2) { Write-Nothing }
                ($using:seen).Add(1)
            }
            Add-CdbDatapoint a 1
            Add-CdbDatapoint b 1
            Wait-Until { $subscription.Errors -eq 1 }
            Add-CdbDatapoint a 2
            $null = Receive-One
            Add-CdbDatapoint a 3
            $null = Receive-One
            Wait-Until { $subscription.Delivered -eq 3 }
            Get-CdbSubscription
            """).Single!;

        Assert.Equal(2L, subscription.Properties["Errors"].Value);
        Assert.Contains("Write-Nothing", subscription.Properties["LastError"].Value.ToString(), StringComparison.Ordinal);
        Assert.Equal(0L, subscription.Properties["Pending"].Value);
        Assert.True((bool)subscription.Properties["IsRunning"].Value);
    }

    [Fact]
    public void A_slow_action_holds_up_neither_the_writer_nor_other_actions()
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
    public void An_unregistered_subscription_is_gone()
        => Assert.Equal([1], Run("""
            $first = Register-CdbSubscription a -Action { ($using:seen).Add('first') }
            $second = Register-CdbSubscription b -Action { ($using:seen).Add('second') }
            Unregister-CdbSubscription $first.Id
            $second | Unregister-CdbSubscription
            (Get-CdbSubscription).Count + 1
            """).As<int>());

    [Fact]
    public void An_action_that_runs_is_stopped_when_it_is_unregistered()
        => Assert.Equal([false], Run("""
            $subscription = Register-CdbSubscription a -Action { ($using:seen).Add('running'); while ($true) { } }
            Add-CdbDatapoint a 1
            $null = Receive-One
            Unregister-CdbSubscription $subscription
            Wait-Until { -not $subscription.IsRunning }
            $subscription.IsRunning
            """).As<bool>());

    [Fact]
    public void An_action_may_unregister_itself()
        => Assert.Equal(["once", "0"], Run("""
            $null = Register-CdbSubscription a -Action { Unregister-CdbSubscription $Subscription; ($using:seen).Add('once') }
            Add-CdbDatapoint a 1
            Receive-One
            @(Get-CdbSubscription).Count
            """).As<string>());

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

    [Fact]
    public void One_whose_stream_is_deleted_is_listed_with_the_reason()
    {
        PSObject subscription = Run("""
            $null = Register-CdbSubscription a -Action { }
            Remove-CdbStream a -Confirm:$false
            Wait-Until { -not (Get-CdbSubscription).IsRunning }
            Get-CdbSubscription
            """).Single!;

        Assert.StartsWith("NotFound", ((ErrorRecord)subscription.Properties["LastError"].Value).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_said_at_once()
    {
        Assert.Equal("NotFound", Run("Register-CdbSubscription none { }").ErrorId);
        Assert.Equal("ScriptSyntax", Run("Register-CdbSubscription a { } -Transform 'if ('").ErrorId);
        Assert.Equal("NotFound", Run("Unregister-CdbSubscription -Id 0").ErrorId);
        Assert.Equal("NotFound", Run("Get-CdbSubscription 0").ErrorId);
        Assert.Empty(Get("Register-CdbSubscription a { } -WhatIf; Get-CdbSubscription"));
    }
}
