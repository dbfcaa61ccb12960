BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream n -Label @{ room = 'cellar' }
    Add-CdbDatapoint n (1..200000)
    function New-Path { Join-Path $TestDrive "$([guid]::NewGuid()).cdb" }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Copy-CdbStore' {
    It 'copies a store with users, keys and datapoints to a file, while it is open' {
        $path = New-Path
        $copy = Copy-CdbStore $store $path
        $copy.Path | Should -Be $path
        $copy.Source | Should -Be $store
        $copy.Streams | Should -Be 1
        $copy.Datapoints | Should -Be 200000
        $copy.Copied | Should -Be 200000
        $there = Connect-Cdb $path -MustExist
        $stream = Get-CdbStream n -Connection $there
        $stream.Labels.room | Should -Be 'cellar'
        (Get-CdbDatapoint n -Transform 'sum | if last' -Connection $there).Data | Should -Be 20000100000
        (Get-CdbDevice user -Connection $there).ApiKey | Should -Be (Get-CdbDevice user).ApiKey
        Disconnect-Cdb $there
    }

    It 'copies only the new datapoints the second time' {
        $path = New-Path
        $null = Copy-CdbStore $store $path
        Add-CdbDatapoint n (1..5)
        (Copy-CdbStore $store $path).Copied | Should -Be 5
        (Copy-CdbStore $store $path).Copied | Should -Be 0
    }

    It 'goes on where a killed copy was' {
        $path = New-Path
        $total = (Get-CdbStream n).Datapoints
        $writer = Start-Pwsh "'ready'; `$null = Copy-CdbStore '$store' '$path'; 'done'"
        $writer.StandardOutput.ReadLine() | Should -Be 'ready'
        while (-not (Test-Path $path) -or (Get-Item $path).Length -eq 0) { if ($writer.HasExited) { break } }
        $writer.Kill($true)
        $writer.WaitForExit()
        $copy = Copy-CdbStore $store $path
        $copy.Datapoints | Should -Be $total
        $there = Connect-Cdb $path -MustExist
        (Get-CdbDatapoint n -Transform 'sum | if last' -Connection $there).Data | Should -Be (Get-CdbDatapoint n -Transform 'sum | if last').Data
        Disconnect-Cdb $there
    }

    It 'refuses to open a part of a copy, until a copy goes on' {
        $path = Join-Path $TestDrive "$([guid]::NewGuid())/part.cdb"
        $stopped = [powershell]::Create().AddScript({ param($manifest, $store, $path) Import-Module $manifest; Copy-CdbStore $store $path }).AddArgument($manifest).AddArgument($store).AddArgument($path)
        $running = $stopped.BeginInvoke()
        while (-not (Test-Path "$path-part") -and -not $running.IsCompleted) { }
        $stopped.Stop()
        if (Test-Path "$path-part") {
            { Connect-Cdb $path -NoDefault } | Should -Throw "*part of a copy of '$store'*Copy-CdbStore '$store' '$path'*"
            { Start-CdbServer $path -WhatIf } | Should -Throw "*part of a copy of '$store'*"
        }
        $null = Copy-CdbStore $store $path
        Connect-Cdb $path -NoDefault | Disconnect-Cdb
        "$path-part" | Should -Not -Exist
    }

    It 'says that it made a folder, once: <_>' -ForEach 'Copy-CdbStore $store', 'Backup-CdbStore -Path $store -Destination' {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = Invoke-Expression "$_ '$folder/copy.cdb' -Verbose -InformationVariable told" 4>&1 | Tee-Object -Variable shown
        @(@($shown) + @($told) | Where-Object { "$_" -like "Made the folder '*" }) | Should -HaveCount 1
    }

    It 'leaves a store as it is that is no copy' {
        $path = New-Path
        $other = Connect-Cdb $path
        $null = New-CdbStream theirs -Connection $other
        Disconnect-Cdb $other
        { Copy-CdbStore $store $path -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*no copy of*'
        $other = Connect-Cdb $path
        (Get-CdbStream -Connection $other).Name | Should -Be 'theirs'
        Disconnect-Cdb $other
    }

    It 'refuses a source that is missing, and a password in an address' {
        { Copy-CdbStore "$TestDrive/missing.cdb" (New-Path) -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
        { Copy-CdbStore $store 'postgres://me:secret@localhost/house' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*PGPASSWORD*'
    }

    It 'says of the address of a server where to run' {
        { Copy-CdbStore http://127.0.0.1:1 "$TestDrive/server.cdb" } | Should -Throw '*on the machine of the server*'
    }
}
