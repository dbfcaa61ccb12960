<#
.SYNOPSIS
    Publishes the package to a repository: the name of a registered one, or a folder.
.DESCRIPTION
    The key of a registered repository is the value of the environment variable CONNECTORDB_API_KEY. It is never shown.
#>
function Publish-Package {
    param(
        [Parameter(Mandatory)] [string] $Package,
        [Parameter(Mandatory)] [string] $Repository
    )

    if (-not (Test-Path "$Package/*.psd1")) {
        throw "There is no package in $Package. Make it first: ./build.ps1 -Task Pack."
    }

    $isFolder = [System.IO.Path]::IsPathFullyQualified($Repository) -or $Repository -match '[/\\]'
    if (-not $isFolder) {
        if (-not (Get-PSResourceRepository -Name $Repository -ErrorAction Ignore)) {
            throw "No repository is registered as '$Repository'. Get-PSResourceRepository lists those that are; a folder is given as a path, such as ./$Repository."
        }

        Publish-NewVersion -Package $Package -Name $Repository -Key $env:CONNECTORDB_API_KEY
        return
    }

    if (-not (Test-Path $Repository -PathType Container)) {
        throw "The repository folder $Repository is not there. Make it with New-Item -ItemType Directory, or name another with -Repository."
    }

    $name = "ConnectorDb-$PID"
    Register-PSResourceRepository -Name $name -Uri (Convert-Path $Repository) -Trusted
    try {
        Publish-NewVersion -Package $Package -Name $name
    }
    finally {
        Unregister-PSResourceRepository -Name $name
    }
}

function Publish-NewVersion([string] $Package, [string] $Name, [string] $Key) {
    $version = Get-PackageVersion $Package
    $module = (Get-Item "$Package/*.psd1").BaseName
    $uri = (Get-PSResourceRepository -Name $Name).Uri
    $at = $uri.IsFile ? $uri.LocalPath : "$Name ($uri)"
    if (Find-PSResource -Name $module -Version $version -Prerelease -Repository $Name -ErrorAction Ignore) {
        throw "$module $version is already in $at. Raise ModuleVersion in $module.psd1, describe the changes in CHANGELOG.md, and pack again."
    }

    $options = @{ Path = $Package; Repository = $Name }
    if ($Key) {
        $options.ApiKey = $Key
    }

    Publish-PSResource @options
    Write-Information "ConnectorDb $version is published to $at." -InformationAction Continue
}
