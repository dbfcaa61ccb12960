using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples a number in a file, such as a temperature that Linux provides.</summary>
[Sampler("file.value", "The number in a file.", Argument = "Path, such as /sys/class/thermal/thermal_zone0/temp.")]
internal sealed class FileSampler(SamplerContext context) : Sampler(context)
{
    private readonly string _path = context.RequiredArgument;

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        string text = await ReadAsync(_path, cancellation).ConfigureAwait(false);
        return TextValue.TryNumber(text, out DataValue number) ? number : throw NoValue($"The file '{_path}' does not contain a number but '{TextValue.Shorten(text)}'.");
    }
}
