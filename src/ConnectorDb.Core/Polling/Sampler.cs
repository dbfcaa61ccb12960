using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>The base of the built-in samplers.</summary>
internal abstract class Sampler(SamplerContext context) : ISampler
{
    protected SamplerContext Context => context;

    protected TimeProvider Time => context.Time;

    public abstract ValueTask<DataValue> SampleAsync(CancellationToken cancellation);

    public virtual void Dispose()
    {
    }

    protected SampleException NoValue(string message, Exception? cause = null) => new(message, context.Key, cause);

    /// <summary>The milliseconds since the timestamp.</summary>
    protected DataValue Since(long timestamp) => DataValue.From(Time.GetElapsedTime(timestamp).TotalMilliseconds);

    protected static DataValue Fields(params (string Name, DataValue Value)[] fields)
        => DataValue.From(new DataObject([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));

    /// <summary>Reads a file of the operating system, such as one in <c>/proc</c>.</summary>
    protected async ValueTask<string> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NoValue($"{context.Key}: the file '{path}' cannot be read: {FileAccessException.ReasonOf(error, path)}", error);
        }
    }
}
