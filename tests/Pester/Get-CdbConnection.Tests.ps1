BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbConnection' {
    It 'shows the file, the login and the version' {
        $connection = Get-CdbConnection
        $connection.Location | Should -Be $store
        "$($connection.Identity)" | Should -Be 'me/user'
        $connection.Version | Should -Match '^\d+\.\d+'
    }

    It 'lists open connections, oldest first' {
        $second = Connect-Cdb -Path (Join-Path $TestDrive 'second.cdb')
        (Get-CdbConnection).Location | Should -Be @($store, $second.Location)
        Disconnect-Cdb $second
        @(Get-CdbConnection).Count | Should -Be 1
    }

    It 'shows which connection is the default' {
        $second = Connect-Cdb -Path (Join-Path $TestDrive 'shown.cdb') -WarningAction Ignore
        (Get-CdbConnection).IsDefault | Should -Be $false, $true
        $lines = (Get-CdbConnection | Format-Table | Out-String -Width 200) -split '\r?\n'
        @($lines -match '^\*').Count | Should -Be 1
        $lines -match '^\*' | Should -BeLike '*shown.cdb*'
        Disconnect-Cdb $second
    }

    It 'has the newest open connection as the default' {
        $second = Connect-Cdb -Path (Join-Path $TestDrive 'third.cdb')
        $first = (Get-CdbConnection)[0]
        (Get-CdbInfo).Location | Should -Be $second.Location
        (Get-CdbInfo -Connection $first).Location | Should -Be $store
        Disconnect-Cdb
        (Get-CdbInfo).Location | Should -Be $store
        (Get-CdbConnection).IsDefault | Should -Be $true
        { Get-CdbInfo -Connection $second -ErrorAction Stop } | Should -Throw -ErrorId 'StoreClosed*'
    }
}
