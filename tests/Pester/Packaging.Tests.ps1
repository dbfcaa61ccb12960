# What build.ps1 makes of a build: manifest, notices, zip, repository. The tests work on small folders of their own.
BeforeAll {
    foreach ($part in Get-ChildItem "$PSScriptRoot/../../tools/Packaging" -Filter *.ps1) { . $part }

    function New-Clone([string] $Remote) {
        $clone = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        git -C $clone init --quiet
        git -C $clone -c user.name=a -c user.email=a@example.org commit --quiet --allow-empty --message first
        if ($Remote) { git -C $clone remote add origin $Remote }
        Set-Content "$clone/ConnectorDb.psd1" "@{`n ModuleVersion = '0.1.0'`n GUID = '6f0c5a8e-3b1d-4c52-9e6a-7d2f41b8c0a3'`n Author = 'a'`n Description = 'a'`n FunctionsToExport = @()`n PrivateData = @{`n PSData = @{`n Tags = 'a'`n }`n }`n}"
        Set-Content "$clone/CHANGELOG.md" "# Changes`n`n## 0.1.0 (not yet released)`n`n- It's [new](docs/new.md).`n`n## 0.0.1`n`n- Old."
        $clone.FullName
    }

    function New-Folder { (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName }

    function New-Package {
        $package = "$(New-Folder)/ConnectorDb"
        $null = New-Item -ItemType Directory "$package/bin/deps"
        Copy-PackageManifest -Root (New-Clone) -Package $package
        $package
    }
}

Describe 'The address of the repository' {
    It 'of <remote> is <web>' -ForEach @(
        @{ Remote = 'https://example.org/ada/cdb.git'; Web = 'https://example.org/ada/cdb' }
        @{ Remote = 'https://key@example.org/ada/cdb/'; Web = 'https://example.org/ada/cdb' }
        @{ Remote = 'git@example.org:ada/cdb.git'; Web = 'https://example.org/ada/cdb' }
        @{ Remote = 'ssh://git@example.org:22/ada/cdb'; Web = 'https://example.org/ada/cdb' }
        @{ Remote = '/srv/git/cdb.git'; Web = $null }
        @{ Remote = ''; Web = $null }
    ) {
        $clone = New-Clone $remote
        (Get-RepositoryAddress -Root $clone).Web | Should -Be $web
    }
}

Describe 'The time of the package' {
    It 'is that of the commit' {
        $clone = New-Clone
        Get-CommitTime -Root $clone | Should -Be ([datetimeoffset] (git -C $clone log -1 --format=%cI))
    }

    It 'is that of the files in a downloaded archive' {
        $folder = New-Folder
        Copy-Item "$(New-Clone)/ConnectorDb.psd1" $folder
        (Get-Item "$folder/ConnectorDb.psd1").LastWriteTime = [datetime] '2026-11-30T12:00:00Z'
        Get-CommitTime -Root $folder | Should -Be ([datetimeoffset] '2026-11-30T12:00:00Z')
    }
}

Describe 'The manifest of the package' {
    It 'has addresses, release notes and the label of a prerelease' {
        $clone = New-Clone https://example.org/ada/cdb
        $package = New-Folder
        Copy-PackageManifest -Root $clone -Package $package -Address (Get-RepositoryAddress -Root $clone)
        $data = (Import-PowerShellDataFile "$package/ConnectorDb.psd1").PrivateData.PSData
        $commit = git -C $clone rev-parse HEAD
        $data.ProjectUri | Should -Be 'https://example.org/ada/cdb'
        $data.LicenseUri | Should -Be "https://example.org/ada/cdb/blob/$commit/LICENSE"
        $data.ReleaseNotes | Should -Be "- It's [new](https://example.org/ada/cdb/blob/$commit/docs/new.md)."
        $data.Prerelease | Should -Be 'preview'
        Get-PackageVersion $package | Should -Be '0.1.0-preview'
    }

    It 'has no address where the repository has none' {
        $data = (Import-PowerShellDataFile "$(New-Package)/ConnectorDb.psd1").PrivateData.PSData
        $data.Keys | Should -Not -Contain 'ProjectUri'
        $data.ReleaseNotes | Should -Be "- It's new."
    }

    It 'has the first items of long release notes, because the PowerShell Gallery refuses more than 10,600 characters' {
        $clone = New-Clone https://example.org/ada/cdb
        $items = 1..200 | ForEach-Object { "- Change $_ $('x' * 100)" }
        Set-Content "$clone/CHANGELOG.md" "# Changes`n`n## 0.1.0`n`n$($items -join "`n")"
        $package = New-Folder
        Copy-PackageManifest -Root $clone -Package $package -Address (Get-RepositoryAddress -Root $clone)
        $lines = (Import-PowerShellDataFile "$package/ConnectorDb.psd1").PrivateData.PSData.ReleaseNotes -split "`n"
        $lines[-1] | Should -Be "[CHANGELOG.md](https://example.org/ada/cdb/blob/$(git -C $clone rev-parse HEAD)/CHANGELOG.md) has the other changes."
        $lines[-3] | Should -Be $items[$lines.Count - 3]
        ($lines -join "`n").Length | Should -BeLessThan 10600
    }

    It 'requires a section of the changelog' {
        $clone = New-Clone
        Set-Content "$clone/CHANGELOG.md" '# Changes'
        { Copy-PackageManifest -Root $clone -Package (New-Folder) } | Should -Throw "*no section '## 0.1.0'*"
    }
}

Describe 'The notices' {
    It 'are missing for an assembly of an unknown package' {
        $package = New-Package
        Set-Content "$package/bin/deps/Stranger.dll" ''
        { Write-ThirdPartyNotice -Package $package } | Should -Throw '*Stranger.dll has no notice*'
    }

    It 'are missing for a licence of an unknown work' {
        $package = New-Package
        Set-Content "$package/bin/deps/stranger.license.txt" ''
        { Write-ThirdPartyNotice -Package $package } | Should -Throw '*stranger.license.txt*'
    }
}

Describe 'The package of ConnectorDb.Png' {
    BeforeAll {
        $root = (Resolve-Path "$PSScriptRoot/../..").Path
        $package = New-Folder
        Copy-Item "$root/artifacts/modules/ConnectorDb.Png/bin" $package -Recurse
        Copy-PackageManifest -Root $root -Package $package -Manifest "$root/src/ConnectorDb.Png/ConnectorDb.Png.psd1"
        Write-ThirdPartyNotice -Package $package
    }

    It 'has the version of ConnectorDb' {
        (Import-PowerShellDataFile "$package/ConnectorDb.Png.psd1").ModuleVersion | Should -Be (Import-PowerShellDataFile "$root/ConnectorDb.psd1").ModuleVersion
    }

    It 'has a native library for every platform' {
        $natives = Get-ChildItem "$package/bin/deps/runtimes" -Recurse -File
        $natives.ForEach{ "$($_.Directory.Parent.Name)/$($_.Name)" } | Sort-Object | Should -Be @(
            'linux-arm64/libSkiaSharp.so', 'linux-musl-arm64/libSkiaSharp.so', 'linux-musl-x64/libSkiaSharp.so', 'linux-x64/libSkiaSharp.so'
            'osx/libSkiaSharp.dylib', 'win-arm64/libSkiaSharp.dll', 'win-x64/libSkiaSharp.dll'
        )
    }

    It 'has the notices of Skia, and nothing that ConnectorDb brings' {
        $notices = Get-Content "$package/THIRD-PARTY-NOTICES.txt" -Raw
        foreach ($name in 'SkiaSharp/', 'SkiaSharp.NativeAssets.Linux.NoDependencies/', 'SkiaSharp.NativeAssets.macOS/', 'SkiaSharp.NativeAssets.Win32/', 'libpng') {
            $notices | Should -BeLike "*$name*"
        }
        (Get-ChildItem "$package/bin/deps" -Filter *.dll).Name | Sort-Object | Should -Be 'ConnectorDb.Png.dll', 'SkiaSharp.dll'
    }
}

Describe 'The package' {
    It 'may not hold a path of this machine' -ForEach @(@{ Encoding = 'utf8NoBOM' }, @{ Encoding = 'unicode' }) {
        $package = New-Package
        Assert-NoLocalPath -Package $package -Local '/home/ada/cdb'
        Set-Content "$package/bin/a.pdb" 'x/home/ada/cdb/a.cs' -Encoding $encoding
        { Assert-NoLocalPath -Package $package -Local '/home/ada/cdb' } | Should -Throw '*a.pdb holds /home/ada/cdb*'
    }

    It 'builds the same zip twice' {
        $package = New-Package
        $time = [datetimeoffset] '2026-11-30T12:00:00Z'
        $zips = foreach ($name in 'a.zip', 'b.zip') {
            Compress-Package -Package $package -Destination "$package/../$name" -Time $time
            (Get-FileHash "$package/../$name").Hash
            (Get-Item "$package/ConnectorDb.psd1").LastWriteTime = Get-Date
        }
        $zips[0] | Should -Be $zips[1]
    }
}

Describe 'Publishing' {
    It 'publishes a version to a folder, once' {
        $package = New-Package
        $folder = New-Folder
        Publish-Package -Package $package -Repository $folder
        Get-ChildItem $folder | Should -HaveCount 1
        { Publish-Package -Package $package -Repository $folder } | Should -Throw '*has ConnectorDb 0.1.0-preview already*Raise ModuleVersion*'
    }

    It 'can be repeated after a failure between two packages' {
        $first, $second = (New-Package), "$(New-Folder)/Other"
        $null = New-Item -ItemType Directory $second
        (Get-Content "$first/ConnectorDb.psd1" -Raw) -replace "GUID = '6", "GUID = '7" | Set-Content "$second/Other.psd1"
        $folder = New-Folder
        Publish-Package -Package $first -Repository $folder
        Publish-Package -Package $first, $second -Repository $folder -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike '*has ConnectorDb 0.1.0-preview already*'
        (Get-ChildItem $folder).Name | Sort-Object | Should -Be 'ConnectorDb.0.1.0-preview.nupkg', 'Other.0.1.0-preview.nupkg'
    }

    It 'reports a folder that does not exist' {
        { Publish-Package -Package (New-Package) -Repository "$TestDrive/nowhere" } | Should -Throw '*nowhere is not there*-Repository*'
    }

    It 'reports an unknown repository' {
        { Publish-Package -Package (New-Package) -Repository NoSuchRepository } | Should -Throw "*registered as 'NoSuchRepository'*"
    }

    It 'shows the message of a task that fails without the position in a script, and exits with 1' {
        $root = New-Folder
        Copy-Item "$PSScriptRoot/../../build.ps1" $root
        Copy-Item "$PSScriptRoot/../../tools" $root -Recurse
        $pwsh, $first = [Environment]::ProcessPath, @()
        if ([IO.Path]::GetFileNameWithoutExtension($pwsh) -eq 'dotnet') { $first = @("$PSHOME/pwsh.dll") }
        $shown = & $pwsh @first -NoProfile -File "$root/build.ps1" -Task Publish 2>&1
        $LASTEXITCODE | Should -Be 1
        "$shown" | Should -BeLike 'Publish: There is no package in *./build.ps1 -Task Pack.'
    }

    It 'reports a missing package' {
        { Publish-Package -Package "$TestDrive/none" -Repository $TestDrive } | Should -Throw '*no package*-Task Pack*'
    }
}
