<#
.SYNOPSIS
    Publishes packages to a repository: the name of a registered one, or a folder.
.DESCRIPTION
    Packages that the repository has already are left out, so that publishing can be repeated after a failure between two of them;
    it fails when the repository has all of them. The key of a registered repository is the value of the environment variable
    CONNECTORDB_API_KEY. It is never shown.
#>
function Publish-Package {
    param(
        [Parameter(Mandatory)] [string[]] $Package,
        [Parameter(Mandatory)] [string] $Repository
    )

    $missing = $Package | Where-Object { -not (Test-Path "$_/*.psd1") }
    if ($missing) {
        throw "There is no package in $($missing -join ', '). Make it first: ./build.ps1 -Task Pack."
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

function Publish-NewVersion([string[]] $Package, [string] $Name, [string] $Key) {
    $uri = (Get-PSResourceRepository -Name $Name).Uri
    $at = $uri.IsFile ? $uri.LocalPath : "$Name ($uri)"
    $found, $new = $Package.Where({ Find-PSResource -Name (Get-PackageName $_) -Version (Get-PackageVersion $_) -Prerelease -Repository $Name -ErrorAction Ignore }, 'Split')
    $known = $found.ForEach({ "$(Get-PackageName $_) $(Get-PackageVersion $_)" }) -join ' and '
    if (-not $new) {
        throw "$at has $known already. Raise ModuleVersion in the manifest, describe the changes in CHANGELOG.md, and pack again."
    }

    if ($known) {
        Write-Warning "$at has $known already, which stays as it is."
    }

    $options = $Key ? @{ ApiKey = $Key } : @{}
    foreach ($one in $new) {
        Publish-PSResource -Path $one -Repository $Name @options
        Write-Information "$(Get-PackageName $one) $(Get-PackageVersion $one) is published to $at." -InformationAction Continue
    }
}
