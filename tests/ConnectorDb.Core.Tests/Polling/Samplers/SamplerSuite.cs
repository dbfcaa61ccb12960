using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

/// <summary>The behaviour of every sampler.</summary>
public abstract class SamplerSuite : IDisposable
{
    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    protected TempFolder Folder { get; } = new();

    /// <summary>A sampler whose thing is there.</summary>
    protected abstract SamplerContext Good { get; }

    /// <summary>Prepares the thing, or skips the test when a program is missing.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Every_measurement_returns_a_value()
    {
        await PrepareAsync();
        using ISampler sampler = Open(Good);
        for (int i = 0; i < 3; i++)
        {
            Check(await sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience));
        }
    }

    [SkippableFact]
    public void An_argument_with_NUL_is_refused()
    {
        Skip.IfNot(SamplerCatalog.All.Single(each => each.Key == Good.Key).IsAvailable, "It is not for this platform.");
        Assert.Contains(@"'a\0b' contains the character NUL", Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Good with { Argument = "a\0b" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sampler_has_a_description_and_documents_its_argument()
    {
        SamplerInfo info = Assert.Single(SamplerCatalog.All, each => each.Key == Good.Key);
        Assert.NotEmpty(info.Description);
        if (info.Argument is not null && !info.IsArgumentOptional && info.IsAvailable)
        {
            Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(new SamplerContext { Key = info.Key }));
        }

        if (info.Argument is not null && info.IsAvailable)
        {
            Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Of(info.Key, " ")));
        }
    }

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract void Check(DataValue value);

    protected static SamplerContext Of(string key, string? argument = null) => new() { Key = key, Argument = argument };

    protected static void Between(DataValue value, double low, double high) => Assert.InRange(value.AsDouble(), low, high);

    protected static DataValue Field(DataValue value, string name)
        => value.AsObject().TryGetValue(name, out DataValue field) ? field : throw new KeyNotFoundException($"There is no {name} in {value}.");

    protected static ISampler Open(SamplerContext context)
    {
        SamplerInfo info = SamplerCatalog.All.Single(each => each.Key == context.Key);
        Skip.IfNot(info.IsAvailable, $"{info.Key} is for {string.Join(", ", info.Platforms)}.");
        return SamplerCatalog.Open(context);
    }
}
