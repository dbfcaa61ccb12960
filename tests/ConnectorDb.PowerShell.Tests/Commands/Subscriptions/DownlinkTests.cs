using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Subscriptions;

/// <summary>The light switch of the tutorial, and what else an action may answer.</summary>
public class DownlinkTests : ModuleTest
{
    public DownlinkTests()
    {
        Connect();
        Get("""
            $null = New-CdbDevice lamp -Stream @{ light_control = @{ schema = @{ type = 'boolean' }; downlink = $true } }
            $seen = [System.Collections.Concurrent.BlockingCollection[object]]::new()
            function Receive-One { $one = $null; if ($seen.TryTake([ref]$one, 60000)) { $one } else { throw 'Nothing came.' } }
            function Wait-Until($condition) {
                $end = [DateTime]::UtcNow.AddMinutes(1)
                while (-not (& $condition)) { if ([DateTime]::UtcNow -gt $end) { throw "It never came true: $condition" }; $null = [System.Threading.Thread]::Yield() }
            }
            $me = Get-CdbConnection
            """);
        ConnectLamp();
        Get("$PSDefaultParameterValues = @{ '*-Cdb*:Connection' = $me }");
    }

    /// <summary>Gives the script <c>$lamp</c>, a connection as the lamp.</summary>
    protected virtual void ConnectLamp() => Get("$lamp = Connect-Cdb -Path $Store -As lamp");

    [Fact]
    public void What_others_ask_for_reaches_the_owner_whose_yes_puts_it_in_the_stream()
    {
        Assert.Equal(["True of me/user", "True", "0 1"], Run("""
            $null = Register-CdbSubscription light_control -Downlink -Connection $lamp -Action {
                param($stream, $data)
                ($using:seen).Add("$($data[0].Data) of $($data[0].Origin)")
                return $true
            }
            $before = (Get-CdbStream lamp/light_control).Count
            Add-CdbDatapoint lamp/light_control $true
            Receive-One
            (Watch-CdbStream lamp/light_control -FromIndex 0 -Count 1).Data
            "$before $((Get-CdbStream lamp/light_control).Count)"
            """).As<string>());
    }

    [Theory]
    [InlineData("$false")]
    [InlineData("$null")]
    [InlineData("")]
    public void Another_answer_puts_nothing_there(string answer)
        => Assert.Equal([0, 0], Run($$"""
            $subscription = Register-CdbSubscription light_control -Downlink -Connection $lamp -Action { ($using:seen).Add(1); {{answer}} }
            Add-CdbDatapoint lamp/light_control $true
            $null = Receive-One
            Wait-Until { $subscription.Delivered -eq 1 }
            (Get-CdbStream lamp/light_control).Count
            $subscription.Errors
            """).As<int>());

    [Theory]
    [InlineData("$data")]
    [InlineData("@{ t = $data[0].T; d = $true }")]
    [InlineData("$true, $true")]
    public void Values_and_datapoints_are_what_is_put_there(string answer)
        => Assert.Equal([true], Run($$"""
            $null = Register-CdbSubscription light_control -Downlink -Connection $lamp -Action { param($stream, $data) {{answer}} }
            Add-CdbDatapoint lamp/light_control $true
            (Watch-CdbStream lamp/light_control -FromIndex 0 -Count 1).Data
            """).As<bool>());

    [Fact]
    public void Only_the_last_of_many_wishes_is_followed_with_a_transform()
        => Assert.Equal([false], Run("""
            $null = Register-CdbSubscription light_control -Downlink -Connection $lamp -Transform 'if last' -Action { $true }
            Add-CdbDatapoint lamp/light_control $true, $true, $false
            (Watch-CdbStream lamp/light_control -FromIndex 0 -Count 1).Data
            """).As<bool>());

    [Fact]
    public void An_answer_that_the_stream_does_not_take_is_an_error_that_is_counted()
        => Assert.Equal(["SchemaViolation", "0"], Run("""
            $subscription = Register-CdbSubscription light_control -Downlink -Connection $lamp -Action { 'text' }
            Add-CdbDatapoint lamp/light_control $true
            Wait-Until { $subscription.Errors -eq 1 }
            $subscription.LastError.FullyQualifiedErrorId
            $subscription.Acknowledged
            """).As<string>());

    [Fact]
    public void Who_is_not_the_owner_is_warned_and_cannot_answer()
    {
        ScriptResult result = Run("""
            $subscription = Register-CdbSubscription lamp/light_control -Downlink -Action { $true }
            Add-CdbDatapoint lamp/light_control $true
            Wait-Until { $subscription.Errors -eq 1 }
            $subscription.LastError.FullyQualifiedErrorId
            """);

        Assert.Contains("only 'me/lamp' writes it", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(["PermissionDenied"], result.As<string>());
    }
}
