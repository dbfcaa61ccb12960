#!/usr/bin/env pwsh
#Requires -Version 7.6

<#
.SYNOPSIS
    Builds, tests, documents and packs the module.
.DESCRIPTION
    Needs the .NET SDK 10 and no module. After Build, Import-Module ./ConnectorDb.psd1 works.

    Build  the module into bin/ and its help into en-US/
    Demo   Build; then docs/examples/quickstart.ps1 in a new pwsh
    Test   dotnet test: the xunit projects, and tests/Pester in the real pwsh
    Help   updates the parameters in docs/en-US, and generates the help
    Pack   the module in artifacts/package/ConnectorDb, and ConnectorDb-<version>.zip beside it; the module ConnectorDb.Png likewise
    Publish  the package to a repository; by default a dry run into the folder artifacts/repository
    Clean  removes the output of the other tasks
.PARAMETER Repository
    Where Publish puts the package: a registered repository, such as PSGallery, or a folder. The key of a registered
    repository is the value of the environment variable CONNECTORDB_API_KEY.
.PARAMETER TimestampServer
    The server that Pack asks to confirm the time of the signatures, by default that of the environment variable
    CONNECTORDB_TIMESTAMP_SERVER. Only used where there is a certificate to sign with.
.PARAMETER UsePlatyPS
    Pack uses the help that Microsoft.PowerShell.PlatyPS generates from the pages, and fails if its content differs from the
    help of the build.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Build, Test, Pack -Configuration Release
.EXAMPLE
    ./build.ps1 -Task Pack, Publish -Repository PSGallery
.EXAMPLE
    pwsh -NoProfile -Command "./build.ps1 -Task Pack, Publish"

    From another shell. With -File, PowerShell takes 'Pack, Publish' as one text.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Demo', 'Test', 'Help', 'Pack', 'Publish', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [ValidateNotNullOrWhiteSpace()]
    [string] $Repository,

    [string] $TimestampServer = $env:CONNECTORDB_TIMESTAMP_SERVER,

    [switch] $UsePlatyPS
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$package = "$PSScriptRoot/artifacts/package/ConnectorDb"
$pngPackage = "$package.Png"
foreach ($part in Get-ChildItem "$PSScriptRoot/tools/Packaging" -Filter *.ps1) {
    . $part
}

# A list of strings, because PowerShell splits an argument such as -p:Name=value in two.
function Invoke-DotNet([string[]] $Arguments) {
    Write-Information "dotnet $Arguments" -InformationAction Continue
    & dotnet $Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($Arguments[0]) failed with exit code $LASTEXITCODE."
    }
}

function Build {
    Invoke-DotNet 'build', "$PSScriptRoot/src/ConnectorDb.PowerShell", '--configuration', $Configuration, '--nologo', '--verbosity', 'quiet'
}

function Demo {
    Build
    # In a new process: a loaded module cannot be rebuilt on Windows, and cannot be reloaded on any platform.
    & "$PSScriptRoot/tools/pwsh.ps1" -NoProfile -File "$PSScriptRoot/docs/examples/quickstart.ps1"
    if ($LASTEXITCODE -ne 0) {
        throw "The quickstart failed with exit code $LASTEXITCODE."
    }
}

function Test {
    Invoke-DotNet 'test', "$PSScriptRoot/ConnectorDb.sln", '--configuration', $Configuration, '--nologo'
}

function Help {
    Build
    Invoke-DotNet 'run', '--project', "$PSScriptRoot/tools/ConnectorDb.Help", '--configuration', $Configuration, '--', 'update', "$PSScriptRoot/ConnectorDb.psd1", "$PSScriptRoot/docs/en-US"
    Build
}

function Pack {
    # From nothing, so that no file of an earlier build or another configuration gets into the package.
    Remove-Item "$PSScriptRoot/bin", "$PSScriptRoot/en-US" -Recurse -Force -ErrorAction Ignore
    $address = Get-RepositoryAddress -Root $PSScriptRoot
    if (-not $address) {
        Write-Warning "The remote 'origin' has no address on the web, so the package has none: no ProjectUri, no LicenseUri, no online help."
    }

    $properties = '-p:ContinuousIntegrationBuild=true', "-p:HelpAddress=$(if ($address) { "$($address.Files)/docs/en-US" })"
    Invoke-DotNet (@('build', "$PSScriptRoot/src/ConnectorDb.PowerShell", '--no-incremental', '--configuration', $Configuration, '--nologo', '--verbosity', 'quiet') + $properties)

    Remove-Item "$PSScriptRoot/artifacts/package" -Recurse -Force -ErrorAction Ignore
    $null = New-Item $package -ItemType Directory
    foreach ($part in 'bin', 'en-US', 'LICENSE') {
        Copy-Item "$PSScriptRoot/$part" $package -Recurse
    }

    Copy-PackageManifest -Root $PSScriptRoot -Package $package -Address $address
    Write-ThirdPartyNotice -Package $package
    if ($UsePlatyPS) {
        & "$PSScriptRoot/tools/Test-Help.ps1" -Package $package -Replace
    }

    Assert-NoLocalPath -Package $package -Local $PSScriptRoot, (Get-PackageRoot)
    Add-PackageSignature -Package $package -TimestampServer $TimestampServer

    $zip = "$package-$(Get-PackageVersion $package).zip"
    Compress-Package -Package $package -Destination $zip -Time (Get-CommitTime -Root $PSScriptRoot)
    Get-Item $package, $zip
    New-PngPackage -Address $address -Properties $properties
}

# The module of PNG, whose native libraries are larger than all the rest.
function New-PngPackage([pscustomobject] $Address, [string[]] $Properties) {
    # From nothing, but for the assemblies that the build of the module has just made in the same way.
    $laidOut = "$PSScriptRoot/artifacts/modules/ConnectorDb.Png"
    Remove-Item $laidOut, "$PSScriptRoot/artifacts/*/ConnectorDb.Png/$Configuration" -Recurse -Force -ErrorAction Ignore
    Invoke-DotNet (@('build', "$PSScriptRoot/src/ConnectorDb.Png", '--configuration', $Configuration, '--nologo', '--verbosity', 'quiet') + $Properties)

    $null = New-Item $pngPackage -ItemType Directory
    Copy-Item "$laidOut/bin", "$PSScriptRoot/LICENSE" $pngPackage -Recurse
    Copy-PackageManifest -Root $PSScriptRoot -Package $pngPackage -Manifest "$PSScriptRoot/src/ConnectorDb.Png/ConnectorDb.Png.psd1" -Address $Address
    if ((Get-PackageVersion $pngPackage) -ne (Get-PackageVersion $package)) {
        throw 'ConnectorDb.Png.psd1 has another ModuleVersion than ConnectorDb.psd1. Give both the same.'
    }

    Write-ThirdPartyNotice -Package $pngPackage
    Assert-NoLocalPath -Package $pngPackage -Local $PSScriptRoot, (Get-PackageRoot)
    Add-PackageSignature -Package $pngPackage -TimestampServer $TimestampServer
    $zip = "$pngPackage-$(Get-PackageVersion $pngPackage).zip"
    Compress-Package -Package $pngPackage -Destination $zip -Time (Get-CommitTime -Root $PSScriptRoot)
    Get-Item $pngPackage, $zip
}

function Publish {
    if (-not $Repository) {
        # A dry run: a folder of its own, from nothing.
        $Repository = "$PSScriptRoot/artifacts/repository"
        Remove-Item $Repository -Recurse -Force -ErrorAction Ignore
        $null = New-Item $Repository -ItemType Directory
    }

    Publish-Package -Package $package, $pngPackage -Repository $Repository
}

function Clean {
    foreach ($made in 'bin', 'en-US', 'artifacts') {
        Remove-Item "$PSScriptRoot/$made" -Recurse -Force -ErrorAction Ignore
    }
}

# The message says what to do; the position in a script of the build is no part of it.
try {
    foreach ($step in $Task) {
        & $step
    }
}
catch {
    [Console]::Error.WriteLine("$($Task -join ', '): $($_.Exception.Message)")
    exit 1
}
