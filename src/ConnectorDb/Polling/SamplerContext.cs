using System.Net;

namespace ConnectorDb.Polling;

/// <summary>The arguments for creating a sampler.</summary>
public sealed record SamplerContext
{
    /// <summary>Which of its keys is meant.</summary>
    public required string Key { get; init; }

    public string? Argument { get; init; }

    /// <summary>The name of the item; empty for none.</summary>
    public string Name { get; init; } = "";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where devices of the home network are searched for (SSDP).</summary>
    public IPEndPoint Discovery { get; init; } = new(IPAddress.Parse("239.255.255.250"), 1900);

    /// <summary>Where the Linux kernel shows its devices.</summary>
    public string KernelFolder { get; init; } = "/sys";

    /// <summary>The argument of a sampler that cannot do without.</summary>
    /// <exception cref="InvalidValueException">It was not given.</exception>
    public string RequiredArgument => string.IsNullOrWhiteSpace(Argument)
        ? throw new InvalidValueException($"{Key} needs an argument; Get-CdbSampler {Key} says which.", Key)
        : Argument;
}
