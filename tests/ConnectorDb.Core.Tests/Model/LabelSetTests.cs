namespace ConnectorDb.Core.Tests.Model;

public sealed class LabelSetTests
{
    [Theory]
    [InlineData("""{"room":"office","floor":"2"}""", "room=office; floor=2")]
    [InlineData("""{"a":"b=c"}""", "a=b=c")]
    [InlineData("""{"path":"C:\\x","größe":"ß €"}""", """path=C:\x; größe=ß €""")]
    [InlineData("""{"a":"b;c"}""", """{"a":"b;c"}""")]
    [InlineData("""{"a":" b"}""", """{"a":" b"}""")]
    [InlineData("""{"a=b":"c"}""", """{"a=b":"c"}""")]
    [InlineData("""{"{a":"c"}""", """{"{a":"c"}""")]
    [InlineData("{}", "")]
    public void The_text_of_labels_is_read_back(string json, string text)
    {
        LabelSet labels = LabelSet.Read(DataValue.Parse(json));
        Assert.Equal(text, labels.ToString());
        Assert.Equal(labels, LabelSet.Parse(text));
        Assert.Equal(json, labels.ToValue().ToJson());
    }

    [Theory]
    [InlineData("room")]
    [InlineData("=office")]
    [InlineData("a=1; a=2")]
    [InlineData("{")]
    [InlineData("{\"a\": 5}")]
    public void Other_text_is_refused(string text)
        => Assert.Contains("room=kitchen; floor=2", Assert.Throws<FormatException>(() => LabelSet.Parse(text)).Message, StringComparison.Ordinal);
}
