using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Queries;

public class InvokeCdbMergeTests : ModuleTest
{
    public InvokeCdbMergeTests()
    {
        Connect();
        Get("New-CdbStream a, b; Add-CdbDatapoint a 1, 2, 3 -Timestamp 10, 20, 30; Add-CdbDatapoint b 100, 200, 300 -Timestamp 5, 20, 35");
    }

    [Theory]
    [InlineData("Invoke-CdbMerge a, b", "100 1 2 200 3 300")]
    [InlineData("Invoke-CdbMerge b, a", "100 1 200 2 3 300")]
    [InlineData("Get-CdbStream a, b | Invoke-CdbMerge", "100 1 2 200 3 300")]
    [InlineData("Invoke-CdbMerge a, b -From 20 -To 30", "2 200 3")]
    [InlineData("Invoke-CdbMerge @{ Stream = 'a'; Last = 1 }, b -From 20", "200 3 300")]
    [InlineData("Invoke-CdbMerge @{ stream = 'a'; limit = 1 }, @{ stream = 'b'; transform = '$ / 100' }", "1 1 2 3")]
    [InlineData("Invoke-CdbMerge a, b -Transform 'if $ > 2'", "100 200 3 300")]
    [InlineData("Invoke-CdbMerge @{ stream = 'me/user/a'; i1 = 1; i2 = 2 }, @{ stream = 'b'; t1 = 5; t2 = 20 }", "2 200")]
    [InlineData("Invoke-CdbMerge @{ stream = 'a'; index = '1..2' }, a", "1 2 2 3 3")]
    public void Streams_are_read_as_one_in_the_order_of_time(string script, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Get($"{script} | ForEach-Object Data")));
    }

    [Fact]
    public void Each_datapoint_names_its_stream()
    {
        Assert.Equal("me/user/b me/user/a me/user/a me/user/b me/user/a me/user/b", string.Join(' ', Get("Invoke-CdbMerge a, @{ stream = 'b'; transform = '$ / 100' } | ForEach-Object Stream")));
        Assert.All(Get("Invoke-CdbMerge a, b"), point => Assert.Equal("ConnectorDb.Datapoint#Merged", point!.TypeNames[0]));
    }

    [Fact]
    public void What_is_merged_can_be_added_to_one_stream_or_each_to_its_own()
    {
        Get("New-CdbStream c; Invoke-CdbMerge a, b | Add-CdbDatapoint c; Invoke-CdbMerge a, @{ stream = 'b'; last = 1 } -Transform 'tshift(100)' | Add-CdbDatapoint");

        Assert.Equal("100 1 2 200 3 300", string.Join(' ', Get("(Get-CdbDatapoint c).Data")));
        Assert.Equal("1 2 3 1 2 3", string.Join(' ', Get("(Get-CdbDatapoint a).Data")));
        Assert.Equal("100 200 300 300", string.Join(' ', Get("(Get-CdbDatapoint b).Data")));
    }

    [Theory]
    [InlineData("Invoke-CdbMerge a, nowhere", "NotFound")]
    [InlineData("Invoke-CdbMerge @{ stream = 'a'; colour = 1 }", "InvalidValue")]
    [InlineData("Invoke-CdbMerge @{ from = 1 }", "InvalidValue")]
    [InlineData("Invoke-CdbMerge @{ stream = 'a'; from = 'then' }", "InvalidValue")]
    [InlineData("Invoke-CdbMerge @{ stream = 'a'; limit = 'few' }", "InvalidValue")]
    [InlineData("Invoke-CdbMerge @{ stream = 'a'; t1 = 5; i1 = 5 }", "InvalidRange")]
    [InlineData("Invoke-CdbMerge 5", "InvalidValue")]
    [InlineData("Invoke-CdbMerge a -Transform 'cuont'", "ScriptSyntax")]
    public void A_query_that_cannot_be_answered_is_an_error_and_nothing_comes_out(string script, string id)
    {
        var result = Run(script);

        Assert.Equal(id, result.ErrorId);
        Assert.Empty(result.Output);
    }
}
